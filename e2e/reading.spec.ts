import type { Page } from "@playwright/test";
import { en } from "@/lib/i18n/messages/en";
import { expect, signIn, test } from "./fixtures";

const main = (page: Page) => page.getByRole("main");
const tagsField = (page: Page) => page.getByRole("combobox", { name: "Tags" });
/** Unique, and short enough for a category. */
const wordOf = ({ email }: { email: string }) => email.slice(0, 8);

test("a link navigates without a full page load, and opens a new tab on request", async ({
  page,
  context,
}) => {
  const search = page.getByRole("link", { name: "Search" });
  // Before hydration, a link loads the page in full.
  await expect(async () => {
    await page.goto("/");
    await page.evaluate(() => Object.assign(window, { isSameDocument: true }));
    await search.click();
    await expect(page).toHaveURL("/search");
    expect(await page.evaluate(() => "isSameDocument" in window)).toBe(true);
  }).toPass();

  const opened = context.waitForEvent("page");
  await page.getByRole("link", { name: "Terms", exact: true }).click({ modifiers: ["ControlOrMeta"] });
  await expect(await opened).toHaveURL("/terms");
  await expect(page).toHaveURL("/search");
});

test("tags are entered by name, and link to other articles with the tag", async ({
  page,
  author,
  openBrowser,
}) => {
  test.slow();
  const tag = `태그 ${wordOf(author)}`;
  await page.goto("/articles/new");
  await page.getByLabel("Title").fill(`First ${author.email}`);
  await page.getByLabel("Text", { exact: true }).fill("Words.");
  await tagsField(page).fill(`${tag}, C++ , ${tag.toUpperCase()}`);
  await page.getByRole("button", { name: "Publish" }).click();
  const tags = page.getByRole("navigation", { name: "Tags" });
  await expect(tags.getByRole("link")).toHaveText([tag.toUpperCase(), "C++"]);

  await author.write({ title: `Without ${author.email}` });
  const guest = await openBrowser();
  await guest.goto(page.url());
  await guest.getByRole("navigation", { name: "Tags" }).getByRole("link").first().click();
  await expect(guest.getByRole("heading", { level: 1 })).toHaveText(tag.toUpperCase());
  await expect(guest.getByText("1 article", { exact: true })).toBeVisible();
  await expect(guest.getByRole("heading", { level: 2 })).toHaveText([`First ${author.email}`]);

  await page.getByRole("link", { name: "Edit", exact: true }).click();
  await expect(tagsField(page)).toHaveValue(`${tag.toUpperCase()}, C++`);
  await tagsField(page).fill("a".repeat(51));
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(tagsField(page)).toHaveAccessibleDescription(/at most 50 characters/);
  await tagsField(page).fill("");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`First ${author.email}`);
  await expect(tags).toBeHidden();
  expect((await guest.reload())?.status()).toBe(404);
});

test("suggests tags that the author used before, also for a second tag", async ({ page, author, api }) => {
  for (const name of ["Margins", "여백"]) {
    await api("POST", "/data/tags", { body: { name }, accessToken: author.accessToken });
  }
  await page.goto("/articles/new");
  const offered = () =>
    page
      .locator("#tag-choices option")
      .evaluateAll((options) => options.map((option) => option.getAttribute("value")));
  expect(await offered()).toEqual(["Margins", "여백"]);
  await tagsField(page).fill("margins, ");
  await expect.poll(offered).toEqual(["margins, 여백"]);
});

test("a category has a page, whatever its name", async ({ page, author }) => {
  test.slow();
  for (const category of [`만드는 이야기 ${wordOf(author)}`, `a/b?c#d%25 ${wordOf(author)}`]) {
    const title = `In ${category}`;
    await author.write({ title, category });
    await author.write({ title: `Draft in ${category}`, category, isPublished: false });
    await page.goto("/");
    await main(page).getByRole("link", { name: category, exact: true }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(category);
    await expect(page.getByRole("heading", { level: 2 })).toHaveText([title]);
    await page.reload();
    await expect(page.getByRole("heading", { level: 2 })).toHaveText([title]);
  }
});

test("categories and tags of only drafts have no page, not even for their author", async ({
  page,
  author,
  api,
}) => {
  const name = `secret-${wordOf(author)}`;
  const made = await api("POST", "/data/tags", { body: { name }, accessToken: author.accessToken });
  const { id, slug } = await made.json();
  await author.write({ title: "Draft", category: name, tags: [id], isPublished: false });
  for (const path of [
    `/tags/${slug}`,
    `/categories/${encodeURIComponent(name)}`,
    "/tags/none",
    "/tags/%00",
  ]) {
    expect((await page.goto(path))?.status(), path).toBe(404);
  }
});

test("the URL of an article contains its title; older URLs and the bare ID redirect to it", async ({
  page,
  author,
  api,
  request,
}) => {
  const id = await author.write({ title: "첫 제목, the first" });
  const first = `/articles/${encodeURIComponent("첫-제목-the-first")}-${id}`;
  await page.goto(`/articles/${id}`);
  await expect(page).toHaveURL(first);
  await expect(page.locator("link[rel=canonical]")).toHaveAttribute("href", new RegExp(`${first}$`));

  await api("PATCH", `/data/articles/${id}`, { body: { title: "Second" }, accessToken: author.accessToken });
  for (const path of [first, `/articles/${id}`, `/articles/anything-${id}`]) {
    const response = await request.get(path, { maxRedirects: 0 });
    expect(response.status(), path).toBe(308);
    expect(response.headers().location).toMatch(new RegExp(`/articles/second-${id}$`));
    const inKorean = await request.get(`${path}?lang=ko&a=1&a=2%26`, { maxRedirects: 0 }); // part: korean
    expect(inKorean.headers().location).toMatch(new RegExp(`/articles/second-${id}\\?lang=ko&a=1&a=2%26$`)); // part: korean
  }
  await page.goto(first);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Second");
});

test("the URL of a draft does not reveal its title", async ({ author, request }) => {
  const id = await author.write({ title: "Very secret", isPublished: false });
  for (const path of [`/articles/${id}`, `/articles/x-${id}`, `/articles/very-secret-${id}`]) {
    const response = await request.get(path, { maxRedirects: 0 });
    expect(response.status(), path).toBe(404);
    expect(response.headers().location).toBeUndefined();
    expect(await response.text()).not.toContain("Very secret");
  }
});

test("links to the previous article, skipping drafts", async ({ page, author }) => {
  const titles = ["oldest", "middle", "newest"].map((word) => `The ${word} ${author.email}`);
  const [oldest = "", middle = "", newest = ""] = titles;
  await author.write({ title: oldest });
  await author.write({ title: "A draft between", isPublished: false });
  const id = await author.write({ title: middle });
  await author.write({ title: "Another draft", isPublished: false });
  await author.write({ title: newest });

  await page.goto(`/articles/${id}`);
  const neighbours = page.getByRole("navigation", { name: en.article.neighbours });
  // Other tests may publish articles meanwhile. In any case, the neighbours are not drafts.
  await expect(neighbours.getByRole("link")).toHaveCount(2);
  await expect(neighbours).not.toContainText("draft");
  const before = await neighbours.getByRole("link").first().locator("span").last().textContent();
  await neighbours.getByRole("link").first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(before ?? "");
});

// A phone opens its share sheet instead.
test("copies the link of an article", { tag: "@desktop" }, async ({ page, author, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const id = await author.write({ title: "나누기" });
  await page.goto(`/articles/${id}`);
  await page.getByRole("button", { name: "Share" }).click();
  await expect(page.getByRole("button", { name: en.article.sharing.copied })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());
});

test("a long article has a table of contents with links to its headings", async ({
  page,
  author,
  isMobile,
}) => {
  const content = ["하나", "둘", "셋"].map((name) => `## ${name}\n\nWords.`).join("\n\n");
  const id = await author.write({ title: "Long", content });
  const short = await author.write({ title: "Short", content: "## One\n\nWords.\n\n## Two\n\nWords." });
  await page.goto(`/articles/${id}`);
  const contents = page.getByRole("navigation", { name: "Contents" });
  await expect(contents).toBeVisible({ visible: !isMobile });
  if (!isMobile) await contents.getByRole("link", { name: "둘" }).click();
  else await page.getByRole("heading", { name: "둘" }).getByRole("link").click();
  await expect(page).toHaveURL(new RegExp(`#${encodeURIComponent("h-둘")}$`));
  await page.goto(`/articles/${short}`);
  await expect(contents).toBeHidden();
});

test("reading time counts characters in Korean and words in English", async ({ page, author }) => {
  const korean = await author.write({ title: "긴 글", content: "여백의 글자들 ".repeat(250) });
  const english = await author.write({ title: "Long", content: "word ".repeat(880) });
  await page.goto(`/articles/${korean}`);
  await expect(page.getByText("3 min read")).toBeVisible();
  await page.goto(`/articles/${english}`);
  await expect(page.getByText("4 min read")).toBeVisible();
});

test("links within an article reach footnotes, their references, and headings in any script", async ({
  page,
  author,
}) => {
  const gap = "\n\nWords.".repeat(60);
  const content = `[Setup](#setup) [설치](#설치-방법) and a note.[^1]${gap}\n\n## Setup${gap}\n\n## [설치](https://example.com) 방법\n\n[^1]: A note.`;
  await page.goto(`/articles/${await author.write({ title: "Links", content })}`);
  const prose = page.locator(".prose");
  for (const [name, target] of [
    ["Setup", prose.getByRole("heading", { name: "Setup" })],
    ["설치", prose.getByRole("heading", { name: "설치 방법" })],
    ["[1]", prose.getByRole("listitem").filter({ hasText: "A note." })],
  ] as const) {
    await page.evaluate(() => window.scrollTo(0, 0));
    await prose.getByRole("link", { name, exact: true }).first().click();
    await expect(target, name).toBeInViewport();
  }
  await prose.getByRole("link", { name: en.markdown.backToText }).click();
  await expect(prose.getByRole("superscript")).toBeInViewport();
  await expect(prose.locator("a a")).toHaveCount(0);
});

// The test itself covers all widths.
test("the longest possible names wrap at widths of 360, 390 and 1280 pixels", { tag: "@desktop" }, async ({
  page,
  api,
}) => {
  test.slow();
  const mailbox = `${crypto.randomUUID()}${"w".repeat(28)}`;
  const person = { email: `${mailbox}@${"w".repeat(60)}.${"w".repeat(60)}.example.com`, password: "abc123" };
  const signedUp = await api("POST", "/auth/email/signup", {
    body: { ...person, name: "W".repeat(100), method: "password" },
  });
  const { accessToken } = await signedUp.json();
  const { id: userId } = await (await api("GET", "/auth/me", { accessToken })).json();
  const profile = { nickname: "W".repeat(50), bio: "W".repeat(500) };
  await api("PATCH", `/users/${userId}`, { body: profile, accessToken });

  const name = `${crypto.randomUUID()}${"W".repeat(14)}`;
  const tag = await (await api("POST", "/data/tags", { body: { name }, accessToken })).json();
  const word = "W".repeat(300);
  const article = {
    title: "W".repeat(200),
    content: `${word} https://example.com/${word} \`${word}\` ${"여백".repeat(150)}\n\n## ${word}\n\n## ${word}\n\n## ${word}\n\n- ${word}\n\n> ${word}\n\n| ${word} |\n|---|\n| a |\n\n[^1]\n\n[^1]: ${word}`,
    category: name,
    tags: [tag.id],
    isPublished: true,
  };
  const ids: string[] = [];
  for (const fields of [
    article,
    article,
    { ...article, title: "여백".repeat(100) },
    { ...article, isPublished: false },
  ]) {
    const response = await api("POST", "/data/articles", { body: fields, accessToken });
    ids.push((await response.json()).id);
  }
  await api("POST", "/data/bookmarks", { body: { articleId: ids[0] }, accessToken }); // part: bookmarks

  await signIn(page, person);
  await expect(page).toHaveURL("/me");
  for (const path of [
    ...[
      `/articles/${ids[1]}`,
      `/articles/${ids[3]}`,
      `/articles/${ids[1]}/edit`,
      `/articles/${ids[1]}/delete`,
    ],
    "/bookmarks", // part: bookmarks
    ...["/", "/articles", `/categories/${name}`, `/tags/${tag.slug}`, `/users/${userId}`],
    ...[`/search?search=${"W".repeat(200)}`, `/search?search=${"W".repeat(199)}x`, "/articles/new"],
    ...[
      "/me",
      "/me/profile",
      "/me/address",
      "/me/password",
      "/me/sessions",
      "/me/sign-in-methods", // part: social-sign-in
      "/me/data",
    ],
  ]) {
    await page.goto(path);
    await expect(main(page)).toBeVisible();
    for (const width of [360, 390, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      const excess = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.scrollingElement ?? document.documentElement;
        return scrollWidth - clientWidth;
      });
      expect.soft(excess, `${path} at ${width}`).toBeLessThanOrEqual(0);
    }
  }
});

test("a footnote reference stays within the height of its line", async ({ page, author }) => {
  const content = "Words.[^1] And words that go on.\n\n[^1]: A note.";
  await page.goto(`/articles/${await author.write({ title: "With a note", content })}`);
  const paragraph = page.locator(".prose > p");
  const [line, mark] = await Promise.all([
    paragraph.boundingBox(),
    paragraph.getByRole("superscript").boundingBox(),
  ]);
  if (!line || !mark) throw new Error("The paragraph or its mark is not there.");
  expect(mark.y).toBeGreaterThanOrEqual(line.y);
});

test("a code block shows the name of its language", async ({ page, author }) => {
  const id = await author.write({ title: "With code", content: "~~~http\nGET / HTTP/1.1\n~~~" });
  await page.goto(`/articles/${id}`);
  await expect(page.locator("figcaption")).toContainText("HTTP");
});

test("a printed article is black on white, without controls", async ({ page, author }) => {
  const content = `## One\n\n## Two\n\n## Three\n\n~~~ts\nconst long = "${"word ".repeat(60)}";\n~~~`;
  const id = await author.write({ title: "To be printed", content });
  await page.goto(`/articles/${id}`);
  const title = page.getByRole("heading", { name: "To be printed" });
  const ink = await title.evaluate((element) => getComputedStyle(element).color);
  await page.getByRole("button", { name: "Dark" }).click();
  await expect(title).not.toHaveCSS("color", ink);

  await page.emulateMedia({ media: "print" });
  await expect(title).toHaveCSS("color", ink);
  await expect(page.locator("body")).toHaveCSS("background-color", "rgba(0, 0, 0, 0)");
  await expect(page.getByRole("navigation")).toHaveCount(0);
  await expect(page.getByRole("button")).toHaveCount(0);
  const isCutOff = await page.locator("pre").evaluate((pre) => pre.scrollWidth > pre.clientWidth);
  expect(isCutOff).toBe(false);
});

test.describe("search", () => {
  test("follows typing, also in Korean, and updates the URL", async ({ page, author }) => {
    const word = wordOf(author);
    await author.write({ title: `비워 둔 자리 ${word}` });
    await page.goto("/search");
    const field = page.getByLabel(en.search.label);
    await field.pressSequentially(`둔 자리 ${word}`);
    await expect(page.getByRole("heading", { level: 2 })).toHaveText([`비워 둔 자리 ${word}`]);
    await expect(page.getByRole("status")).toContainText("1 result");
    await expect(page).toHaveURL(`/search?${new URLSearchParams({ search: `둔 자리 ${word}` })}`);
    await expect(field).toBeFocused();

    // Enter searches again, in the same document and without a new history entry.
    const entries = await page.evaluate(() => {
      Object.assign(window, { isSameDocument: true });
      return history.length;
    });
    const response = page.waitForResponse(/\/search\?.*_rsc/);
    await field.press("Enter");
    await response;
    await field.pressSequentially("zzz");
    await expect(page.getByRole("status")).toContainText("No results");
    expect(await page.evaluate(() => "isSameDocument" in window)).toBe(true);
    expect(await page.evaluate(() => history.length)).toBe(entries);
    await field.fill("");
    await expect(page).toHaveURL("/search");
    await expect(page.getByRole("status")).toHaveText("");
    await page.goBack();
    await expect(page).not.toHaveURL(/search=/);
  });

  test("is empty after following the link to it", async ({ page }) => {
    await page.goto("/search?search=zzz");
    await page.getByRole("navigation", { name: "Site" }).getByRole("link", { name: "Search" }).click();
    await expect(page).toHaveURL("/search");
    await expect(page.getByRole("status")).toHaveText("");
    await expect(page.getByLabel(en.search.label)).toHaveValue("");
  });

  test("sends one request at a time, and shows the result of the last", async ({ page, author }) => {
    const word = wordOf(author);
    await author.write({ title: `Found ${word}` });
    await page.goto("/search");
    let underWay = 0;
    let most = 0;
    await page.route(/\/search\?.*_rsc/, async (route) => {
      underWay += 1;
      most = Math.max(most, underWay);
      const response = await route.fetch();
      underWay -= 1;
      await route.fulfill({ response });
    });
    await page.getByLabel(en.search.label).pressSequentially(`found ${word}`);
    await expect(page).toHaveURL(`/search?${new URLSearchParams({ search: `found ${word}` })}`);
    await expect(page.getByRole("heading", { level: 2 })).toHaveText([`Found ${word}`]);
    expect(most).toBe(1);
  });

  test("does not find drafts", async ({ page, author }) => {
    const title = `Hidden ${author.email}`;
    await author.write({ title, isPublished: false });
    await page.goto("/search");
    await page.getByLabel(en.search.label).fill(title);
    await expect(page.getByRole("status")).toContainText("No results");
  });
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("bookmarking, searching, tagging and sharing work", async ({ page, author }) => {
    test.slow();
    const title = `Plain ${author.email}`;
    await page.goto("/articles/new");
    await page.getByLabel("Title").fill(title);
    await page.getByLabel("Text", { exact: true }).fill("Words.");
    await tagsField(page).fill("여백, Plain");
    await page.getByRole("button", { name: "Publish" }).click();
    await expect(page.getByRole("navigation", { name: "Tags" }).getByRole("link")).toHaveText([
      "여백",
      "Plain",
    ]);

    // part: bookmarks
    const button = page.getByRole("button", { name: "Bookmark" });
    await button.click();
    await expect(button).toHaveAttribute("aria-pressed", "true");
    await button.click();
    await expect(button).toHaveAttribute("aria-pressed", "false");
    // end of part: bookmarks
    await expect(page.getByRole("button", { name: "Share" })).toBeHidden();
    await expect(page.getByRole("link", { name: "Link to this article" })).toHaveAttribute(
      "href",
      page.url(),
    );

    await page.goto("/search");
    await page.getByLabel(en.search.label).fill(title);
    await page.getByRole("button", { name: "Search" }).click();
    await expect(page.getByRole("link", { name: title })).toBeVisible();
  });
});
