import type { Page } from "@playwright/test";
import { Ajv2020 } from "ajv/dist/2020.js";
import { site } from "../lib/config/site";
import { type Author, expect, test } from "./fixtures";

/** What every feed, list and picture must cope with. */
const hostile = `</script>]]><b>&amp; "quoted" \u0001 \u{1f58b} 여백`;

/** Reads XML as strictly as a browser does, and hands out the texts of some of its elements. */
async function textsOf(page: Page, xml: string, names: string[]): Promise<Record<string, string[]>> {
  return page.evaluate(
    ({ xml, names }) => {
      const document = new DOMParser().parseFromString(xml, "application/xml");
      const problem = document.querySelector("parsererror");
      if (problem) throw new Error(problem.textContent ?? "");
      const texts = (name: string) =>
        [...document.getElementsByTagName(name)].map((node) => node.textContent);
      return Object.fromEntries(names.map((name) => [name, texts(name)]));
    },
    { xml, names },
  );
}

async function writeHostile(author: Author): Promise<string> {
  const content = `${hostile}\n\n[here](/terms) ![](/card.png) [^1]\n\n[^1]: A note.\n\n## Heading\n\n<script>alert(1)</script>`;
  return author.write({ title: hostile, content, category: "a&b<c>" });
}

test("the RSS feed is well-formed and complete, without drafts", async ({
  page,
  author,
  request,
  baseURL,
}) => {
  await author.write({ title: `Draft ${author.email}`, isPublished: false });
  const id = await writeHostile(author);
  const answer = await request.get("/feed.xml");
  expect(answer.headers()["content-type"]).toBe("application/rss+xml; charset=utf-8");
  expect(answer.headers()["cache-control"]).toContain("public");
  const xml = await answer.text();
  expect(xml).not.toContain(`Draft ${author.email}`);

  const texts = await textsOf(page, xml, [
    "channel",
    "title",
    "link",
    "guid",
    "pubDate",
    "content:encoded",
    "category",
  ]);
  expect(texts.channel).toHaveLength(1);
  const index = texts.guid?.indexOf(`urn:uuid:${id}`) ?? -1;
  expect(index).toBeGreaterThanOrEqual(0);
  // The channel has a title and a link as well.
  expect(texts.title?.[index + 1]).toBe(hostile.replace("\u0001", ""));
  expect(texts.link?.[index + 1]).toMatch(new RegExp(`^${baseURL}/articles/.+-${id}$`));
  expect(Date.parse(texts.pubDate?.[index] ?? "")).not.toBeNaN();
  expect(texts.category).toContain("a&b<c>");
  const html = texts["content:encoded"]?.[index] ?? "";
  expect(html).toContain(`href="${baseURL}/terms"`);
  expect(html).toContain(`href="${texts.link?.[index + 1]}#`);
  expect(html).not.toMatch(/<script|href="\/|href="#|src="\//);
});

const jsonFeed = {
  type: "object",
  required: ["version", "title", "items", "home_page_url", "feed_url"],
  properties: {
    version: { const: "https://jsonfeed.org/version/1.1" },
    title: { type: "string", minLength: 1 },
    home_page_url: { type: "string", pattern: "^https?://" },
    feed_url: { type: "string", pattern: "^https?://" },
    language: { type: "string" },
    items: {
      type: "array",
      items: {
        type: "object",
        required: ["id", "url", "title", "content_html", "date_published"],
        properties: {
          id: { type: "string", minLength: 1 },
          url: { type: "string", pattern: "^https?://" },
          title: { type: "string" },
          image: { type: "string", pattern: "^https?://" },
          content_html: { type: "string" },
          summary: { type: "string" },
          date_published: { type: "string", pattern: "^\\d{4}-\\d\\d-\\d\\dT.*Z$" },
          date_modified: { type: "string", pattern: "^\\d{4}-\\d\\d-\\d\\dT.*Z$" },
          authors: { type: "array", items: { type: "object", required: ["name"] } },
          tags: { type: "array", items: { type: "string" } },
          language: { enum: ["en", "ko"] },
        },
        additionalProperties: false,
      },
    },
  },
};

test("the JSON feed follows its specification, without drafts", async ({ author, api, request }) => {
  const made = await api("POST", "/data/tags", { body: { name: "여백" }, accessToken: author.accessToken });
  const { id: tag } = await made.json();
  const id = await author.write({
    title: "Tagged",
    content: "글이에요.",
    tags: [tag],
    coverImage: "/card.png",
  });
  await author.write({ title: `Draft ${author.email}`, isPublished: false, tags: [tag] });
  const answer = await request.get("/feed.json?lang=ko");
  expect(answer.headers()["content-type"]).toBe("application/feed+json; charset=utf-8");
  const feed = await answer.json();
  const isValid = new Ajv2020().compile(jsonFeed);
  expect(isValid(feed), JSON.stringify(isValid.errors)).toBe(true);
  expect(feed).toMatchObject({ title: "여백", language: "ko" });
  const item = feed.items.find((entry: { id: string }) => entry.id === `urn:uuid:${id}`);
  expect(item).toMatchObject({ title: "Tagged", tags: ["여백"], authors: [{ name: author.name }] });
  expect(item.image).toMatch(/^http.*\/card\.png$/);
  expect(JSON.stringify(feed)).not.toContain(`Draft ${author.email}`);
});

test("answers 304 to a client that has the current feed", async ({ request }) => {
  for (const path of ["/robots.txt", "/card.png"]) {
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
    const answer = await request.get(part);
    expect(answer.headers()["content-type"]).toBe("application/xml; charset=utf-8");
    addresses.push(...((await textsOf(page, await answer.text(), ["loc"])).loc ?? []));
  }
  const all = addresses.join("\n");
  expect(addresses).toContain(`${baseURL}/`);
  expect(addresses).toContain(`${baseURL}/terms?lang=ko`);
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

test("robots.txt disallows private paths and links to the sitemap", async ({ request, baseURL }) => {
  const text = await (await request.get("/robots.txt")).text();
  expect(text).toContain("Disallow: /me\n");
  expect(text).toContain(`Sitemap: ${baseURL}/sitemap.xml`);
});

test("llms.txt lists the site and its articles, and escapes the authors' text", async ({
  author,
  request,
}) => {
  const id = await author.write({ title: "A [title]\nof two lines", content: "# Heading\n\n- Words." });
  await author.write({ title: `Draft ${author.email}`, isPublished: false });
  const text = await (await request.get("/llms.txt?lang=ko")).text();
  expect(text.split("\n")[0]).toBe(`# ${site.name.ko}`);
  const line = text.split("\n").find((candidate) => candidate.includes(id));
  expect(line).toMatch(/^- \[A \\\[title\\\] of two lines\]\(http/);
  expect(text).not.toContain(`Draft ${author.email}`);
});

test("an article has a share card with its title in any script; a draft has none", async ({
  author,
  request,
}) => {
  const titles = [
    "비워 둔 자리가 글에 무게를 줘요",
    hostile,
    "\u{1f58b}",
    "가".repeat(200),
    "日本語 العربية हिन्दी",
  ];
  for (const title of titles) {
    const id = await author.write({ title });
    const answer = await request.get(`/articles/${id}/card.png`);
    expect(answer.status(), title).toBe(200);
    expect(answer.headers()["content-type"]).toBe("image/png");
    const png = await answer.body();
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1200, 630]);
  }
  const draft = await author.write({ title: "Draft", isPublished: false });
  for (const id of [draft, `draft-${draft}`, "nothing", "%00"]) {
    expect((await request.get(`/articles/${id}/card.png`)).status(), id).toBe(404);
  }
});

test("the share card of a Korean title is not blank", async ({ author, request }) => {
  const pictureOf = async (title: string) => {
    const id = await author.write({ title });
    return (await request.get(`/articles/${id}/card.png`)).body();
  };
  const [one, other] = [await pictureOf("여백"), await pictureOf("글씨")];
  expect(one.equals(other)).toBe(false);
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
  expect(await meta("og:locale")).toBe("ko_KR");
  expect(await meta("og:site_name")).toBe(site.name.en);
  expect(await meta("og:image")).toBe(`${address}/card.png`);
  expect(await meta("twitter:card")).toBe("summary_large_image");
  await expect(page.locator("link[rel=canonical]")).toHaveAttribute("href", address);
  await expect(page.locator("link[rel=alternate][hreflang]")).toHaveCount(0);
  await expect(page.locator('link[type="application/rss+xml"]')).toHaveAttribute(
    "href",
    `${baseURL}/feed.xml`,
  );

  const data = JSON.parse((await page.locator('script[type="application/ld+json"]').textContent()) ?? "");
  expect(data).toMatchObject({
    "@type": "BlogPosting",
    headline: "비워 둔 자리",
    inLanguage: "ko",
    url: address,
    articleSection: "글쓰기",
    author: { name: author.name },
  });
});

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
  // A chosen language takes precedence over the language in the address, and is kept.
  await page.goto("/?lang=ko");
  await page.getByRole("button", { name: "English" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await page.goto("/terms?lang=ko");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");

  // The header in which it is handed on is not for clients.
  const html = await (await request.get("/terms", { headers: { "x-address-language": "ko" } })).text();
  expect(html).toContain('<html lang="en"');
});
