import { site } from "../lib/config/site";
import { expect, test } from "./fixtures";
import { hostile, textsOf } from "./xml-texts";

test("responds with 304 to a client that has the current document", async ({ request }) => {
  for (const path of ["/robots.txt", "/sitemap.xml"]) {
    const first = await request.get(path);
    const { etag = "" } = first.headers();
    const second = await request.get(path, { headers: { "if-none-match": etag } });
    expect(second.status(), path).toBe(304);
    expect(await second.text()).toBe("");
    expect((await request.get(path, { headers: { "if-none-match": '"other"' } })).status()).toBe(200);
  }
});

test("the sitemap lists every published page and no other", async ({
  page,
  author,
  api,
  request,
  baseURL,
}) => {
  const word = author.email.slice(0, 8);
  const makeTag = async (name: string) => {
    const made = await api("POST", "/data/tags", { body: { name }, accessToken: author.accessToken });
    return made.json();
  };
  const [used, unused] = [await makeTag(`used ${word}`), await makeTag(`drafted ${word}`)];
  const id = await author.write({ title: hostile, category: `분류 & ${word}`, tags: [used.id] });
  const draft = await author.write({
    title: "Draft",
    category: `Hidden ${word}`,
    tags: [unused.id],
    isPublished: false,
  });

  const index = await (await request.get("/sitemap.xml")).text();
  const { loc: parts = [] } = await textsOf(page, index, ["loc"]);
  expect(parts).toContain(`${baseURL}/sitemap/pages.xml`);
  const addresses: string[] = [];
  for (const part of parts) {
    const response = await request.get(part);
    expect(response.headers()["content-type"]).toBe("application/xml; charset=utf-8");
    addresses.push(...((await textsOf(page, await response.text(), ["loc"])).loc ?? []));
  }
  const all = addresses.join("\n");
  expect(addresses).toContain(`${baseURL}/`);
  expect(addresses).toContain(`${baseURL}/terms?lang=ko`); // part: korean
  expect(addresses).toContain(`${baseURL}/tags/used-${word}`);
  expect(addresses).toContain(`${baseURL}/categories/${encodeURIComponent(`분류 & ${word}`)}`);
  expect(all).toContain(id);
  expect(all).not.toContain(draft);
  expect(all).not.toContain(`drafted-${word}`);
  expect(all).not.toContain("Hidden");
  const mine = addresses.filter((address) => address.includes(id) || address.includes(word));
  for (const address of mine) expect((await request.get(address, { maxRedirects: 0 })).status()).toBe(200);
  for (const path of [
    "/sitemap/articles-999.xml",
    "/sitemap/articles-0.xml",
    "/sitemap/nothing",
    "/sitemap/%00",
  ]) {
    expect((await request.get(path)).status(), path).toBe(404);
  }
});

test("robots.txt disallows private pages only, and links to the sitemap", async ({ request, baseURL }) => {
  const text = await (await request.get("/robots.txt")).text();
  expect(text).toContain(`Sitemap: ${baseURL}/sitemap.xml`);
  // `*` matches any text, and a final `$` the end of the path.
  const patterns = [...text.matchAll(/^Disallow: (.+)$/gm)].map(
    ([, path = ""]) => new RegExp(`^${path.replaceAll("*", ".*")}`),
  );
  const isDisallowed = (path: string) => patterns.some((pattern) => pattern.test(path));
  for (const path of [
    "/me",
    "/me/data",
    "/bookmarks", // part: bookmarks
    "/articles/new",
    "/articles/a-1/edit",
    "/articles/a-1/delete",
    "/api/v1/users",
  ]) {
    expect(isDisallowed(path), path).toBe(true);
  }
  for (const path of ["/", "/memo-2020", "/bookmarks-of-2020", "/articles/new-year-1", "/dev/notes"]) {
    expect(isDisallowed(path), path).toBe(false);
  }
});

test("the head of an article contains its metadata and canonical URL", async ({ page, author, baseURL }) => {
  const id = await author.write({
    title: "비워 둔 자리",
    content: "빈 곳이 글을 받쳐 줘요.",
    category: "글쓰기",
  });
  await page.goto(`/articles/${id}`);
  const address = `${baseURL}/articles/${encodeURIComponent("비워-둔-자리")}-${id}`;
  const meta = (name: string) =>
    page.locator(`meta[property="${name}"], meta[name="${name}"]`).getAttribute("content");
  await expect(page).toHaveTitle(`비워 둔 자리 · ${site.name.en}`);
  expect(await meta("description")).toBe("빈 곳이 글을 받쳐 줘요.");
  expect(await meta("og:title")).toBe("비워 둔 자리");
  expect(await meta("og:locale")).toBe("ko_KR"); // part: korean
  expect(await meta("og:site_name")).toBe(site.name.en);
  await expect(page.locator("link[rel=canonical]")).toHaveAttribute("href", address);
  await expect(page.locator("link[rel=alternate][hreflang]")).toHaveCount(0);
  // part: feeds
  await expect(page.locator('link[type="application/rss+xml"]')).toHaveAttribute(
    "href",
    `${baseURL}/feed.xml`,
  );
  // end of part: feeds

  const data = JSON.parse((await page.locator('script[type="application/ld+json"]').textContent()) ?? "");
  expect(data).toMatchObject({
    "@type": "BlogPosting",
    headline: "비워 둔 자리",
    inLanguage: "ko", // part: korean
    url: address,
    articleSection: "글쓰기",
    author: { name: author.name },
  });
});

test("each page of a list has its own title and canonical URL", async ({ page, author, api, baseURL }) => {
  test.slow();
  const word = author.email.slice(0, 8);
  const { accessToken } = author;
  const made = await api("POST", "/data/tags", { body: { name: `tag ${word}` }, accessToken });
  const { id: tag } = await made.json();
  for (let number = 1; number <= 21; number++) {
    await author.write({ title: `Number ${number}`, category: `about ${word}`, tags: [tag] });
  }
  for (const [path, title] of [
    [`/users/${author.id}`, [author.name, site.name.en]],
    [`/categories/${encodeURIComponent(`about ${word}`)}`, [`about ${word}`, site.name.en]],
    [`/tags/tag-${word}`, [`tag ${word}`, site.name.en]],
    ["/", [site.name.en]],
  ] as const) {
    const [first, ...rest] = title;
    for (const [address, titles] of [
      [path, title],
      [`${path}?page=2`, [first, "Page 2", ...rest]],
    ] as const) {
      await page.goto(address);
      await expect(page).toHaveTitle(titles.join(" · "));
      const canonical = await page.locator("link[rel=canonical]").getAttribute("href");
      expect(new URL(canonical ?? "").href).toBe(baseURL + address);
    }
  }
});

// part: korean
test("a page in both languages has a URL for each", async ({ request, openBrowser, baseURL }) => {
  const page = await openBrowser({ locale: "en" });
  for (const [path, canonical, language] of [
    ["/terms", "/terms", "en"],
    ["/terms?lang=ko", "/terms?lang=ko", "ko"],
    ["/?lang=ko", "/?lang=ko", "ko"],
    ["/?lang=xx", "", "en"],
  ] as const) {
    await page.goto(path);
    await expect(page.locator("html"), path).toHaveAttribute("lang", language);
    const href = await page.locator("link[rel=canonical]").getAttribute("href");
    expect(new URL(href ?? "").href, path).toBe(new URL(canonical, baseURL).href);
    const languages = page.locator("link[rel=alternate][hreflang]");
    expect(
      await languages.evaluateAll((links) => links.map((link) => link.getAttribute("hreflang"))),
    ).toEqual(["en", "ko", "x-default"]);
  }
  // A chosen language takes precedence over the language in the URL, and does not change.
  await page.goto("/?lang=ko");
  await page.getByRole("button", { name: "English" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await page.goto("/terms?lang=ko");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");

  // The internal header for that language is ignored in client requests.
  const html = await (await request.get("/terms", { headers: { "x-address-language": "ko" } })).text();
  expect(html).toContain('<html lang="en"');
});
// end of part: korean
