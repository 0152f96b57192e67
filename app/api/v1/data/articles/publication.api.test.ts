import { beforeAll, describe, expect, inject, test } from "vitest";
import type { z } from "zod";
import type { issuePreviewLinkContract } from "@/lib/articles/contract";
import { type Caller, guest, withSecretKey } from "@/lib/testing/caller";
import { queryDatabase } from "@/lib/testing/database/query-database";
import {
  type ArticleAnswer,
  type ArticlePage,
  newUser,
  type Person,
  writeArticle,
} from "@/lib/testing/people";

const day = 24 * 3600 * 1000;
const tomorrow = new Date(Date.now() + day).toISOString();
const missing = { status: 404, code: "data/not-found" };
const invalid = { status: 400, code: "data/validation-error" };

let author: Person;
let reader: Person;

beforeAll(async () => {
  [author, reader] = await Promise.all([newUser(), newUser()]);
});

const at = ({ id }: { id: string }) => `/v1/data/articles/${id}`;
const read = (article: { id: string }, by: Caller) => by.get<ArticleAnswer>(at(article));
const change = (article: { id: string }, patch: object, by: Caller = author.api) =>
  by.patch<ArticleAnswer>(at(article), patch);

const schedule = (fields: Record<string, unknown> = {}, by = author) =>
  writeArticle(by, { isPublished: true, publishedAt: tomorrow, ...fields });

/** Moves the publication time of an article into the past. */
const makeDue = ({ id }: { id: string }) =>
  queryDatabase(`UPDATE "Article" SET "publishedAt" = now() - interval '1 minute' WHERE id = $1`, id);

async function list(by: Caller, query: Record<string, unknown>) {
  const parameters = Object.entries(query).map(([name, value]): [string, string] => [
    name,
    typeof value === "object" ? JSON.stringify(value) : String(value),
  ]);
  const { status, body } = await by.get<ArticlePage>(`/v1/data/articles?${new URLSearchParams(parameters)}`);
  expect(status).toBe(200);
  return body;
}

const titlesOf = async (by: Caller, query: Record<string, unknown>) =>
  (await list(by, query)).items.map(({ title }) => title);

async function page(path: string): Promise<{ status: number; html: string; headers: Headers }> {
  const response = await fetch(inject("appUrl") + path, { redirect: "follow" });
  return { status: response.status, html: await response.text(), headers: response.headers };
}

describe("the fields publishedAt, excerpt and coverAlt", () => {
  test.each<[string, object]>([
    ["a malformed time", { publishedAt: "tomorrow" }],
    ["a time without a zone", { publishedAt: "2026-11-28T09:00:00" }],
    ["a date alone", { publishedAt: "2026-11-28" }],
    ["the year 0", { publishedAt: "0000-01-01T00:00:00Z" }],
    ["the year 10000", { publishedAt: "9999-12-31T23:59:59-01:00" }],
    ["a number as the time", { publishedAt: 0 }],
    ["an excerpt of 301 letters", { excerpt: "a".repeat(301) }],
    ["a list as the excerpt", { excerpt: ["a"] }],
    ["an excerpt with a NUL", { excerpt: "a\u0000" }],
    ["an alternative text of 301 letters", { coverAlt: "a".repeat(301) }],
    ["a number as the alternative text", { coverAlt: 1 }],
  ])("reject %s", async (_, fields) => {
    const article = await writeArticle(author);
    expect(await author.api.post("/v1/data/articles", { title: "T", content: "C", ...fields })).toMatchObject(
      invalid,
    );
    expect(await change(article, fields)).toMatchObject(invalid);
    expect((await read(article, author.api)).body).toStrictEqual(article);
  });

  test("are null in a draft that sets none", async () => {
    expect(await writeArticle(author)).toMatchObject({ publishedAt: null, excerpt: null, coverAlt: null });
  });

  test("are trimmed, and an empty text counts as null", async () => {
    const article = await writeArticle(author, {
      excerpt: "  여백 \n",
      coverAlt: ` ${"\u{1f58b}".repeat(300)} `,
    });
    expect(article).toMatchObject({ excerpt: "여백", coverAlt: "\u{1f58b}".repeat(300) });
    expect((await change(article, { excerpt: "  ", coverAlt: "" })).body).toMatchObject({
      excerpt: null,
      coverAlt: null,
    });
    expect((await read(article, author.api)).body).toMatchObject({ excerpt: null, coverAlt: null });
  });

  test("can be requested with `select`", async () => {
    const { id } = await writeArticle(author, {
      excerpt: "Short.",
      coverAlt: "A hill.",
      publishedAt: tomorrow,
    });
    const { items } = await list(author.api, { andFilters: { id }, select: "publishedAt,excerpt,coverAlt" });
    expect(items).toMatchObject([{ publishedAt: tomorrow, excerpt: "Short.", coverAlt: "A hill." }]);
    expect(items[0]).not.toHaveProperty("title");
  });
});

describe("publishedAt", () => {
  test("is now when an article is published without one, by `POST` and by `PATCH`", async () => {
    const before = Date.now() - 1000;
    const created = await writeArticle(author, { isPublished: true });
    const draft = await writeArticle(author);
    const { body } = await change(draft, { isPublished: true });
    for (const article of [created, body]) {
      const time = Date.parse(article.publishedAt ?? "");
      expect(time).toBeGreaterThan(before);
      expect(time).toBeLessThan(Date.now() + 1000);
      expect(await read(article, guest())).toMatchObject({ status: 200, body: article });
    }
  });

  test("stays when the article is changed, unpublished and published again", async () => {
    const article = await writeArticle(author, { isPublished: true });
    const { publishedAt } = article;
    expect((await change(article, { title: "Better" })).body.publishedAt).toBe(publishedAt);
    expect((await change(article, { isPublished: false })).body.publishedAt).toBe(publishedAt);
    expect((await change(article, { isPublished: true })).body.publishedAt).toBe(publishedAt);
  });

  test("may be in the past, in any time zone", async () => {
    const article = await writeArticle(author, {
      isPublished: true,
      publishedAt: "2001-02-03T04:05:06.789+09:00",
    });
    expect(article.publishedAt).toBe("2001-02-02T19:05:06.789Z");
    expect((await read(article, guest())).body.publishedAt).toBe("2001-02-02T19:05:06.789Z");
    expect((await change(article, { publishedAt: "0001-01-01T00:00:00Z" })).body.publishedAt).toBe(
      "0001-01-01T00:00:00.000Z",
    );
  });

  test("is now when it is sent as null and the article is published", async () => {
    const article = await schedule();
    expect(await read(article, guest())).toMatchObject(missing);
    const { body } = await change(article, { publishedAt: null });
    expect(Date.parse(body.publishedAt ?? "")).toBeLessThan(Date.now() + 1000);
    expect(await read(article, guest())).toMatchObject({ status: 200 });
  });

  test("of a draft is kept until it is published, and can be reset to null", async () => {
    const draft = await writeArticle(author, { publishedAt: "2020-01-01T00:00:00Z" });
    expect(await read(draft, guest())).toMatchObject(missing);
    expect((await change(draft, { publishedAt: null })).body.publishedAt).toBeNull();
    expect((await change(draft, { publishedAt: "2020-01-01T00:00:00Z" })).status).toBe(200);
    expect((await change(draft, { isPublished: true })).body.publishedAt).toBe("2020-01-01T00:00:00.000Z");
  });
});

describe("a scheduled article", () => {
  test("is visible only to its author and admins, in lists, totals and bookmarks too", async () => {
    const writer = await newUser();
    const article = await schedule({ title: "Soon" }, writer);
    const mine = { andFilters: { createdBy: writer.id } };
    for (const outsider of [guest(), reader.api]) {
      expect(await read(article, outsider)).toMatchObject(missing);
      expect((await list(outsider, mine)).pagination.total).toBe(0);
      expect((await list(outsider, { search: "Soon", ...mine })).items).toEqual([]);
    }
    expect(await change(article, { title: "Mine" }, reader.api)).toMatchObject(missing);
    expect(await reader.api.delete(at(article))).toMatchObject(missing);
    expect(await reader.api.post("/v1/data/bookmarks", { articleId: article.id })).toMatchObject(missing); // part: bookmarks
    for (const insider of [writer.api, withSecretKey()]) {
      expect(await read(article, insider)).toMatchObject({ status: 200, body: { publishedAt: tomorrow } });
      expect(await titlesOf(insider, mine)).toEqual(["Soon"]);
    }
    expect((await writer.api.post("/v1/data/bookmarks", { articleId: article.id })).status).toBe(201); // part: bookmarks
  });

  test("appears everywhere at its publication time", async () => {
    const [tag] = [
      await author.api.post<{ id: string; slug: string }>("/v1/data/tags", { name: crypto.randomUUID() }),
    ];
    const category = crypto.randomUUID();
    const title = `Scheduled ${crypto.randomUUID()}`;
    const article = await schedule({ title, category, tags: [tag.body.id] });
    const places = [
      "/",
      `/tags/${tag.body.slug}`,
      `/categories/${category}`,
      `/users/${author.id}`,
      "/feed.xml", // part: feeds
      "/feed.json", // part: feeds
      "/llms.txt", // part: feeds
      `/search?search=${encodeURIComponent(title)}`,
    ];
    const shown = async (paths: string[]) => {
      const pages = await Promise.all(paths.map(page));
      // Look for the id: the search page repeats the query.
      return paths.filter((_, index) => pages[index]?.html.includes(article.id));
    };
    expect(await shown(places)).toEqual([]);
    expect((await page(`/articles/${article.id}`)).status).toBe(404);
    expect((await page(`/articles/${article.id}/card.png`)).status).toBe(404); // part: share-cards
    expect((await page("/sitemap/pages.xml")).html).not.toContain(category);

    await makeDue(article);
    // Make it the newest: other tests publish meanwhile, and the timeline and the feeds are limited.
    await queryDatabase(`UPDATE "Article" SET "publishedAt" = now() WHERE id = $1`, article.id);
    expect(await shown(places)).toEqual(places);
    expect((await page(`/articles/${article.id}`)).status).toBe(200);
    expect((await page(`/articles/${article.id}/card.png`)).status).toBe(200); // part: share-cards
    expect((await page("/sitemap/pages.xml")).html).toContain(category);
    expect(await read(article, guest())).toMatchObject({ status: 200 });
  });

  test("counts as changed when it appears, for search engines and feeds", async () => {
    const article = await schedule();
    await queryDatabase(
      `UPDATE "Article" SET "publishedAt" = now(), "updatedAt" = now() - interval '1 day' WHERE id = $1`,
      article.id,
    );
    const { publishedAt } = (await read(article, guest())).body;
    const { html } = await page(`/articles/${article.id}`);
    expect(html).toContain(`"dateModified":"${publishedAt}"`);
    expect(html).toContain(`<meta property="article:modified_time" content="${publishedAt}"`);
    expect((await page("/sitemap/articles-1.xml")).html).toContain(
      `${article.id}</loc><lastmod>${publishedAt}</lastmod>`,
    );
    // part: feeds
    expect(JSON.parse((await page("/feed.json")).html).items).toContainEqual(
      expect.objectContaining({ id: `urn:uuid:${article.id}`, date_modified: publishedAt }),
    );
    // end of part: feeds
  });

  test.each([
    ["a guest", () => guest()],
    ["its author", () => author.api],
    ["another user", () => reader.api],
    ["an admin", () => withSecretKey()],
  ])("is counted correctly in the total for %s", async (_, callerOf) => {
    const caller = callerOf();
    await schedule();
    const everything = { createdAt: { $gte: "1970-01-01" } };
    for (const filter of [{}, { isPublished: true }]) {
      // Other tests write meanwhile.
      await expect
        .poll(async () => {
          const quick = await list(caller, { andFilters: filter, limit: 1 });
          const slow = await list(caller, { andFilters: { ...filter, ...everything }, limit: 1 });
          return quick.pagination.total - slow.pagination.total;
        })
        .toBe(0);
    }
  });

  test("is deleted with its author's account", async () => {
    const leaver = await newUser();
    const article = await schedule({}, leaver);
    expect((await leaver.api.delete(`/v1/users/${leaver.id}`)).status).toBe(200);
    expect(await read(article, withSecretKey())).toMatchObject(missing);
  });
});

describe("a list sorted by publishedAt", () => {
  let writer: Person;
  let mine: { andFilters: { createdBy: string } };

  beforeAll(async () => {
    writer = await newUser();
    mine = { andFilters: { createdBy: writer.id } };
    await writeArticle(writer, { title: "Old", isPublished: true, publishedAt: "2001-01-01T00:00:00Z" });
    await writeArticle(writer, { title: "Draft" });
    await writeArticle(writer, { title: "New", isPublished: true });
    await schedule({ title: "Later" }, writer);
    await writeArticle(writer, { title: "Older", isPublished: true, publishedAt: "2000-01-01T00:00:00Z" });
  });

  test("has drafts last in both directions", async () => {
    const sorted = { ...mine, sortBy: "publishedAt" };
    expect(await titlesOf(writer.api, sorted)).toEqual(["Later", "New", "Old", "Older", "Draft"]);
    expect(await titlesOf(writer.api, { ...sorted, sortDirection: "asc" })).toEqual([
      "Older",
      "Old",
      "New",
      "Later",
      "Draft",
    ]);
    expect(await titlesOf(guest(), sorted)).toEqual(["New", "Old", "Older"]);
  });

  test("has an article that was taken back among the drafts", async () => {
    const otherWriter = await newUser();
    const article = await writeArticle(otherWriter, { title: "Taken back", isPublished: true });
    await writeArticle(otherWriter, { title: "Old", isPublished: true, publishedAt: "2001-01-01T00:00:00Z" });
    await change(article, { isPublished: false }, otherWriter.api);
    for (const sortDirection of ["asc", "desc"]) {
      const query = { andFilters: { createdBy: otherWriter.id }, sortBy: "publishedAt", sortDirection };
      expect(await titlesOf(otherWriter.api, query)).toEqual(["Old", "Taken back"]);
      expect(await titlesOf(withSecretKey(), query)).toEqual(["Old", "Taken back"]);
    }
  });

  test("is not the default, which is sorted by createdAt", async () => {
    expect(await titlesOf(writer.api, mine)).toEqual(["Older", "Later", "New", "Draft", "Old"]);
  });

  test.each<[string, unknown, string[]]>([
    ["before", { $lt: "2000-06-01" }, ["Older"]],
    ["between", { $gte: "2000-01-01", $lte: "2001-01-01T00:00:00.000Z" }, ["Old", "Older"]],
    ["in the future", { $gt: new Date(Date.now() + day / 2).toISOString() }, ["Later"]],
    ["never", null, ["Draft"]],
    ["ever", { $exists: true }, ["Later", "New", "Old", "Older"]],
  ])("can be filtered by publishedAt: %s", async (_, publishedAt, titles) => {
    const query = { andFilters: { ...mine.andFilters, publishedAt }, sortBy: "publishedAt" };
    expect(await titlesOf(writer.api, query)).toEqual(titles);
  });

  test("is the order of a user's page, and its dates are shown", async () => {
    const { html } = await page(`/users/${writer.id}`);
    const places = [">New<", ">Old<", ">Older<"].map((title) => html.indexOf(title));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places).not.toContain(-1);
    expect(html).toContain('dateTime="2001-01-01T00:00:00.000Z"');
    expect(html).not.toContain(">Later<");
  });
});

test("a draft created long ago and published today is among the first in the timeline and feeds", async () => {
  const draft = await writeArticle(author, { title: `Begun long ago ${crypto.randomUUID()}` });
  await queryDatabase(`UPDATE "Article" SET "createdAt" = '2001-01-01' WHERE id = $1`, draft.id);
  const { body } = await change(draft, { isPublished: true });
  expect((await page("/")).html).toContain(draft.id);
  // part: feeds
  const feed = JSON.parse((await page("/feed.json")).html);
  expect(feed.items).toContainEqual(
    expect.objectContaining({ id: `urn:uuid:${draft.id}`, date_published: body.publishedAt }),
  );
  // end of part: feeds
  const { html } = await page(`/articles/${draft.id}`);
  expect(html).toContain(`"datePublished":"${body.publishedAt}"`);
  expect(html).toContain(`content="${body.publishedAt}"`);
});

describe("the description of an article", () => {
  test("is its excerpt, on its page, in lists, feeds and the meta description", async () => {
    const excerpt = `About ${crypto.randomUUID()}`;
    const { id } = await writeArticle(author, { excerpt, content: "The text.", isPublished: true });
    for (const path of [
      `/articles/${id}`,
      "/",
      `/users/${author.id}`,
      "/feed.xml", // part: feeds
      "/feed.json", // part: feeds
      "/llms.txt", // part: feeds
    ]) {
      expect((await page(path)).html, path).toContain(excerpt);
    }
    expect((await page(`/articles/${id}`)).html).toContain(`<meta name="description" content="${excerpt}"`);
  });

  test("is derived from the text if there is none, and follows its changes", async () => {
    const writer = await newUser();
    const article = await writeArticle(writer, {
      content: "# Heading\n\nThe **first** words.",
      isPublished: true,
    });
    const path = `/users/${writer.id}`;
    expect((await page(path)).html).toContain("The first words.");
    await change(article, { content: "Other words." }, writer.api);
    const { html } = await page(path);
    expect(html).toContain("Other words.");
    expect(html).not.toContain("The first words.");
  });

  test("is returned for articles that were stored without one", async () => {
    const writer = await newUser();
    const { id } = await writeArticle(writer, { content: "Stored *before*.", isPublished: true });
    await queryDatabase(`UPDATE "Article" SET summary = NULL, "readingMinutes" = NULL WHERE id = $1`, id);
    expect((await page(`/users/${writer.id}`)).html).toContain("Stored before.");
  });
});

test("a cover is shown with its alternative text", async () => {
  const coverAlt = `A hill ${crypto.randomUUID()}`;
  const coverImage = "https://example.com/hill.png";
  const { id } = await writeArticle(author, { coverAlt, coverImage, isPublished: true });
  expect((await page(`/articles/${id}`)).html).toContain(`alt="${coverAlt}"`);
  expect((await page(`/users/${author.id}`)).html).toContain(`alt="${coverAlt}"`);
});

test("related articles share the most tags, then the category, and are public", async () => {
  const writer = await newUser();
  const newTag = async (name: string) =>
    (await writer.api.post<{ id: string }>("/v1/data/tags", { name: name + crypto.randomUUID() })).body.id;
  const [one, two] = [await newTag("one"), await newTag("two")];
  const category = crypto.randomUUID();
  const write = (title: string, fields: object) =>
    writeArticle(writer, { title, isPublished: true, ...fields });
  const both = await write("Both", { tags: [one, two] });
  const single = await write("Single", { tags: [two] });
  const sameCategory = await write("Category", { category });
  await write("Beyond three", { category, publishedAt: "2001-01-01T00:00:00Z" });
  const hidden = [
    await write("Scheduled", { tags: [one, two], publishedAt: tomorrow }),
    await write("Draft", { tags: [one, two], isPublished: false }),
  ];
  const { id } = await write("Read", { tags: [one, two], category });

  const { html } = await page(`/articles/${id}`);
  const related = /<section aria-labelledby="related".*?<\/section>/s.exec(html)?.[0] ?? "";
  const ids = [...related.matchAll(/href="\/articles\/[^"]*?([0-9a-f-]{36})"/g)].map((match) => match[1]);
  expect(ids).toEqual([both.id, single.id, sameCategory.id]);
  for (const article of hidden) expect(html).not.toContain(article.id);
});

describe("a preview link", () => {
  type Link = z.input<typeof issuePreviewLinkContract.success.body>;

  const linkTo = (article: { id: string }, by: Caller = author.api) =>
    by.post<Link>(`${at(article)}/preview-link`);
  const revoke = (article: { id: string }, by: Caller = author.api) =>
    by.delete(`${at(article)}/preview-link`);
  const open = (url: string) => page(new URL(url).pathname);

  test("cannot be issued or revoked by a guest or another user", async () => {
    const draft = await writeArticle(author);
    const published = await writeArticle(author, { isPublished: true });
    for (const ask of [linkTo, revoke]) {
      expect(await ask(draft, guest())).toMatchObject({ status: 401, code: "auth/unauthorized" });
      expect(await ask(draft, reader.api)).toMatchObject(missing);
      expect(await ask({ id: "none" })).toMatchObject(missing);
      expect(await ask(published, reader.api)).toMatchObject({ status: 403, code: "data/permission-denied" });
    }
  });

  test("shows the article to anyone for seven days, published or not, without indexing or referrers", async () => {
    for (const fields of [{}, { isPublished: true, publishedAt: tomorrow }, { isPublished: true }]) {
      const article = await writeArticle(author, {
        title: "Preview",
        content: "First **words**.",
        ...fields,
      });
      const { status, body } = await linkTo(article);
      expect(status).toBe(201);
      const days = (Date.parse(body.expiresAt) - Date.now()) / day;
      expect(days).toBeGreaterThan(6.9);
      expect(days).toBeLessThanOrEqual(7);

      const shown = await open(body.url);
      expect(shown.status).toBe(200);
      expect(shown.html).toContain("First <strong>words</strong>.");
      expect(shown.html).toContain('<meta name="robots" content="noindex, nofollow"');
      expect(shown.headers.get("x-robots-tag")).toContain("noindex");
      expect(shown.headers.get("cache-control")).toContain("no-store");
      expect(shown.headers.get("referrer-policy")).toBe("no-referrer");

      await change(article, { content: "Second words." });
      expect((await open(body.url)).html).toContain("Second words.");
    }
  });

  test("can be issued and revoked by an admin, and does not change the article", async () => {
    const article = await writeArticle(author);
    const { body } = await linkTo(article, withSecretKey());
    expect((await open(body.url)).status).toBe(200);
    expect(await revoke(article, withSecretKey())).toMatchObject({ status: 200, body: { success: true } });
    expect((await open(body.url)).status).toBe(404);
    expect((await read(article, author.api)).body).toStrictEqual(article);
  });

  test("stops working once the article's links are revoked or the article is deleted; a new one works", async () => {
    const [article, other] = await Promise.all([writeArticle(author), writeArticle(author)]);
    const links = [await linkTo(article), await linkTo(article)];
    const kept = await linkTo(other);
    expect(await revoke(article)).toMatchObject({ status: 200, body: { success: true } });
    for (const { body } of links) expect((await open(body.url)).status).toBe(404);
    expect((await open(kept.body.url)).status).toBe(200);
    const { body } = await linkTo(article);
    expect((await open(body.url)).status).toBe(200);
    await author.api.delete(at(article));
    expect((await open(body.url)).status).toBe(404);
  });

  test("that was altered does not work", async () => {
    const { body } = await linkTo(await writeArticle(author));
    const token = new URL(body.url).pathname.replace("/preview/", "");
    const [claims = "", mac = ""] = token.split(".");
    const claimed = JSON.parse(Buffer.from(claims, "base64url").toString());
    const later = Buffer.from(JSON.stringify([claimed[0], claimed[1], claimed[2] + 1])).toString("base64url");
    for (const forged of [
      claims,
      `${claims}.`,
      `.${mac}`,
      `${later}.${mac}`,
      `${token}.`,
      `${token}a`,
      "x.y",
      "%00",
    ]) {
      expect((await page(`/preview/${forged}`)).status, forged).toBe(404);
    }
  });
});
