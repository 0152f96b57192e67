import { beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import { guest, withSecretKey } from "@/lib/testing/caller";
import { queryDatabase } from "@/lib/testing/database/query-database";
import { type ArticleAnswer, newUser, type Person, writeArticle } from "@/lib/testing/people";

const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const emoji = "\u{1f58b}";

let author: Person;
let reader: Person;

// A new author per test: an author may write at most sixty articles an hour.
beforeEach(async () => {
  author = await newUser();
});

beforeAll(async () => {
  reader = await newUser();
});

const write = (fields: Record<string, unknown>) =>
  author.api.post<ArticleAnswer>("/v1/data/articles", { title: "여백", content: "A first line.", ...fields });

const at = ({ id }: { id: string }) => `/v1/data/articles/${id}`;

/** The stored article, regardless of permissions. */
const stored = async (article: { id: string }) =>
  (await withSecretKey().get<ArticleAnswer>(at(article))).body;

describe("creating an article", () => {
  test("with a title and a text makes a draft", async () => {
    const { status, body } = await write({});
    expect(status).toBe(201);
    expect(body).toStrictEqual({
      id: expect.any(String),
      title: "여백",
      content: "A first line.",
      excerpt: null,
      coverImage: null,
      coverAlt: null,
      category: null,
      isPublished: false,
      publishedAt: null,
      tags: [],
      createdBy: author.id,
      author: { id: author.id, name: author.name, image: null },
      createdAt: expect.stringMatching(time),
      updatedAt: expect.stringMatching(time),
    });
    expect((await author.api.get(at(body))).body).toStrictEqual(body);
  });

  test("accepts every field", async () => {
    const fields = {
      title: "Margins",
      content: "# Text\n\n<script>alert(1)</script>",
      coverImage: "https://example.com/a.png",
      category: "essay",
      isPublished: true,
      tags: [],
    };
    const { status, body } = await write(fields);
    expect(status).toBe(201);
    expect(body).toMatchObject(fields);
    expect((await guest().get(at(body))).body).toStrictEqual(body);
  });

  test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ["CR LF line endings as LF", { content: "a\r\n\r\nb" }, { content: "a\n\nb" }],
    [
      "a text without a picture that was still uploading",
      { content: "a ![b](uploading:1) c" },
      { content: "a  c" },
    ],
    ["a title trimmed", { title: "  여백 \n" }, { title: "여백" }],
    ["a title of 200 letters", { title: "a".repeat(200) }, { title: "a".repeat(200) }],
    ["a title of 200 emoji", { title: emoji.repeat(200) }, { title: emoji.repeat(200) }],
    ["a text untrimmed", { content: "  code\n" }, { content: "  code\n" }],
    ["a text of 100,000 emoji", { content: emoji.repeat(100_000) }, { content: emoji.repeat(100_000) }],
    ["a category of 50 emoji", { category: emoji.repeat(50) }, { category: emoji.repeat(50) }],
    ["a category trimmed", { category: " essay " }, { category: "essay" }],
    ["an empty category as null", { category: "" }, { category: null }],
    ["a blank category as null", { category: "  " }, { category: null }],
    ["a category of invisible characters as null", { category: "\u200b\u3164" }, { category: null }],
    ["a category of three dots", { category: "..." }, { category: "..." }],
    ["a decomposed title as NFC", { title: "여백".normalize("NFD") }, { title: "여백" }],
    [
      "a decomposed title of 200 syllables as NFC",
      { title: "백".repeat(200).normalize("NFD") },
      { title: "백".repeat(200) },
    ],
    ["a decomposed text as NFC", { content: "여백é\n".normalize("NFD") }, { content: "여백é\n" }],
    ["a decomposed category as NFC", { category: "수필".normalize("NFD") }, { category: "수필" }],
    [
      "a title with mixed text directions",
      { title: "a \u200f\u05d0\u200e b" },
      { title: "a \u200f\u05d0\u200e b" },
    ],
    ["a null category", { category: null }, { category: null }],
    ["an empty cover image as null", { coverImage: "" }, { coverImage: null }],
    ["a null cover image", { coverImage: null }, { coverImage: null }],
    [
      "an https cover image",
      { coverImage: "https://example.com/a.png?b=c" },
      { coverImage: "https://example.com/a.png?b=c" },
    ],
    [
      "a title that looks like markup or SQL",
      { title: `'; DROP TABLE "Article"; --<b>` },
      { title: `'; DROP TABLE "Article"; --<b>` },
    ],
  ])("stores %s", async (_, fields, kept) => {
    const { status, body } = await write(fields);
    expect(status).toBe(201);
    expect(body).toMatchObject(kept);
    expect(await stored(body)).toMatchObject(kept);
  });

  test("stores a cover of this site as a path, and returns it as a URL", async () => {
    const path = "/pictures/a.png";
    const address = inject("appUrl") + path;
    for (const coverImage of [path, address]) {
      const { status, body } = await write({ coverImage });
      expect(status).toBe(201);
      expect(body.coverImage).toBe(address);
      expect(await stored(body)).toMatchObject({ coverImage: address });
      const rows = await queryDatabase(`SELECT "coverImage" FROM "Article" WHERE id = $1`, body.id);
      expect(rows).toEqual([{ coverImage: path }]);
    }
  });

  test("stores a cover as a URL if its path on this site begins with two slashes", async () => {
    const coverImage = `${inject("appUrl")}//example.com/a.png`;
    expect(await write({ coverImage })).toMatchObject({ status: 201, body: { coverImage } });
  });
});

/** Fields that are rejected both in a new article and in a change. */
const wrongFields: [string, Record<string, unknown>][] = [
  ["an empty title", { title: "" }],
  ["a blank title", { title: " \t\n" }],
  ["a title of invisible characters", { title: "\u200b\u2800\u3164" }],
  ["a title with a direction override", { title: "a \u202e txt.exe" }],
  ["a category with a direction override", { category: "\u2067a" }],
  ["a category of one dot", { category: "." }],
  ["a category of two dots", { category: " .. " }],
  ["a title of 201 letters", { title: "a".repeat(201) }],
  ["a title of 201 emoji", { title: emoji.repeat(201) }],
  ["a title with a NUL", { title: "a\u0000b" }],
  ["a title with a lone surrogate", { title: "a\ud83d" }],
  ["a null title", { title: null }],
  ["an object as its title", { title: { contains: "a" } }],
  ["an empty text", { content: "" }],
  ["a text of 100,001 letters", { content: "a".repeat(100_001) }],
  ["a text with a NUL", { content: "a\u0000b" }],
  ["a text with a lone surrogate", { content: "\udc00a" }],
  ["a list as its text", { content: ["a"] }],
  ["a category of 51 letters", { category: "a".repeat(51) }],
  ["a category with a NUL", { category: "\u0000" }],
  ["a number as its category", { category: 1 }],
  [
    "a cover that would start an OAuth flow",
    { coverImage: "/api/v1/auth/google/authorize?callbackUrl=a.png" },
  ],
  ["a cover at a URL of the API", { coverImage: `${inject("appUrl")}/api/v1/auth/google/authorize` }],
  ["a cover at a page of this site", { coverImage: "/signin" }],
  ["a cover with a path traversal", { coverImage: "/a.png/../../api/v1/auth/google/authorize" }],
  ["a cover over http", { coverImage: "http://example.com/a.png" }],
  ["a cover that is a javascript: URL", { coverImage: "javascript:alert(1)" }],
  ["a cover that is a data: URL", { coverImage: "data:image/png;base64,AAAA" }],
  ["a cover without a protocol", { coverImage: "//example.com/a.png" }],
  ["a cover without a host", { coverImage: "https:a.png" }],
  ["a cover with an extra slash", { coverImage: "https:///example.com/a.png" }],
  ["a cover with backslashes", { coverImage: "/\\example.com/a.png" }],
  ["a cover with a space", { coverImage: "https://example.com/a b.png" }],
  ["a cover with a NUL", { coverImage: "https://example.com/\u0000" }],
  ["a cover that is not a URL", { coverImage: "picture" }],
  ["a cover of ten kilobytes", { coverImage: `https://example.com/${"a".repeat(10_000)}` }],
  ["a string as isPublished", { isPublished: "true" }],
  ["a number as isPublished", { isPublished: 1 }],
  ["null as isPublished", { isPublished: null }],
  ["an unknown tag", { tags: ["01900000-0000-7000-8000-000000000000"] }],
  ["a tag that is not a string", { tags: [1] }],
  ["21 tags", { tags: Array.from({ length: 21 }, (_, index) => String(index)) }],
  ["tags that are not a list", { tags: "a" }],
  ["an id", { id: "mine" }],
  ["an author", { createdBy: "another" }],
  ["an author's name", { author: { name: "Another" } }],
  ["createdAt", { createdAt: "2020-01-01T00:00:00.000Z" }],
  ["updatedAt", { updatedAt: "2020-01-01T00:00:00.000Z" }],
  ["an unknown field", { unknownField: "a" }],
];

describe.each(wrongFields)("an article with %s", (_, fields) => {
  const rejection = {
    status: 400,
    code: "data/validation-error",
    body: { error: { details: [{ path: expect.stringContaining(Object.keys(fields)[0] ?? "") }] } },
  };

  test("is not created", async () => {
    expect(await write(fields)).toMatchObject(rejection);
  });

  test("is not saved by a change", async () => {
    const article = await writeArticle(author);
    expect(await author.api.patch(at(article), { content: "Other.", ...fields })).toMatchObject(rejection);
    expect(await stored(article)).toStrictEqual(article);
  });
});

describe("a new article needs", () => {
  test.each(["title", "content"])("its %s", async (field) => {
    expect(await write({ [field]: undefined })).toMatchObject({
      status: 400,
      code: "data/validation-error",
      body: { error: { details: [{ path: field }] } },
    });
  });

  test("an author", async () => {
    const article = { title: "No author", content: "Text." };
    expect(await guest().post("/v1/data/articles", article)).toMatchObject({
      status: 401,
      code: "auth/unauthorized",
    });
  });
});

describe("changing an article as its author", () => {
  test("changes the given field and keeps the others", async () => {
    const article = await writeArticle(author, {
      category: "essay",
      coverImage: "https://example.com/a.png",
    });
    const { status, body } = await author.api.patch<ArticleAnswer>(at(article), { title: "  After " });
    expect(status).toBe(200);
    expect(body).toStrictEqual({ ...article, title: "After", updatedAt: body.updatedAt });
    expect(body.updatedAt > article.updatedAt).toBe(true);
    expect(await stored(article)).toStrictEqual(body);
  });

  test("resets optional fields to null", async () => {
    const article = await writeArticle(author, {
      category: "essay",
      coverImage: "https://example.com/a.png",
    });
    expect(await author.api.patch(at(article), { category: "", coverImage: null })).toMatchObject({
      status: 200,
      body: { category: null, coverImage: null },
    });
  });

  test("with an empty patch succeeds and changes nothing", async () => {
    const article = await writeArticle(author);
    expect(await author.api.patch(at(article), {})).toMatchObject({ status: 200, body: article });
    expect(await stored(article)).toStrictEqual(article);
  });

  test("to published and back shows it to guests only while it is published", async () => {
    const article = await writeArticle(author);
    await author.api.patch(at(article), { isPublished: true });
    expect(await guest().get(at(article))).toMatchObject({ status: 200 });
    await author.api.patch(at(article), { isPublished: false });
    expect(await guest().get(at(article))).toMatchObject({ status: 404 });
  });

  test("is no longer possible after it was deleted", async () => {
    const article = await writeArticle(author, { isPublished: true });
    expect(await author.api.delete(at(article))).toMatchObject({ status: 200, body: { success: true } });
    for (const caller of [author.api, guest(), withSecretKey()]) {
      expect(await caller.get(at(article))).toMatchObject({ status: 404, code: "data/not-found" });
    }
    expect(await author.api.delete(at(article))).toMatchObject({ status: 404, code: "data/not-found" });
    expect(await author.api.patch(at(article), {})).toMatchObject({ status: 404, code: "data/not-found" });
  });
});

describe("an article of another user", () => {
  test("cannot be changed or deleted, if it is published", async () => {
    const article = await writeArticle(author, { isPublished: true });
    const forbidden = { status: 403, code: "data/permission-denied" };
    expect(await reader.api.patch(at(article), { title: "Mine" })).toMatchObject(forbidden);
    expect(await reader.api.patch(at(article), {})).toMatchObject(forbidden);
    expect(await reader.api.delete(at(article))).toMatchObject(forbidden);
    expect(await stored(article)).toStrictEqual(article);
  });

  test("cannot be read, changed or deleted, if it is a draft: the API responds 404", async () => {
    const article = await writeArticle(author);
    const missing = { status: 404, code: "data/not-found" };
    const answers = [
      await guest().get(at(article)),
      await reader.api.get(at(article)),
      await reader.api.patch(at(article), { title: "Mine" }),
      await reader.api.patch(at(article), {}),
      await reader.api.delete(at(article)),
    ];
    for (const answer of answers) expect(answer).toMatchObject(missing);
    expect(answers[1]?.body).toEqual((await reader.api.get("/v1/data/articles/none")).body);
    expect(await stored(article)).toStrictEqual(article);
  });

  test("cannot be changed or deleted by a guest, who has to sign in first", async () => {
    const article = await writeArticle(author, { isPublished: true });
    const unauthorized = { status: 401, code: "auth/unauthorized" };
    expect(await guest().patch(at(article), { title: "Mine" })).toMatchObject(unauthorized);
    expect(await guest().delete(at(article))).toMatchObject(unauthorized);
    expect(await guest().delete("/v1/data/articles/none")).toMatchObject(unauthorized);
  });

  test("can be read, changed and deleted by an admin, but not after a demotion", async () => {
    const admin = await newUser();
    await queryDatabase(`UPDATE "User" SET role = 'admin' WHERE id = $1`, admin.id);
    const article = await writeArticle(author);

    expect(await admin.api.get(at(article))).toMatchObject({ status: 200, body: { createdBy: author.id } });
    expect(await admin.api.patch(at(article), { title: "Moderated" })).toMatchObject({
      status: 200,
      body: { title: "Moderated", createdBy: author.id, author: { name: author.name } },
    });

    await queryDatabase(`UPDATE "User" SET role = 'user' WHERE id = $1`, admin.id);
    expect(await admin.api.delete(at(article))).toMatchObject({ status: 404 });
    await queryDatabase(`UPDATE "User" SET role = 'admin' WHERE id = $1`, admin.id);
    expect(await admin.api.delete(at(article))).toMatchObject({ status: 200 });
  });
});

describe("reading an article responds 404 for the id", () => {
  test.each(["none", "0", "01900000-0000-7000-8000-000000000000", "' OR true --", "../x", "a".repeat(5000)])(
    "%s",
    async (id) => {
      const missing = { status: 404, code: "data/not-found" };
      expect(await guest().get(`/v1/data/articles/${encodeURIComponent(id)}`)).toMatchObject(missing);
    },
  );
});

test("an article is kept without an author when its author is deleted", async () => {
  const leaver = await newUser();
  const article = await writeArticle(leaver, { isPublished: true });
  await queryDatabase(`DELETE FROM "User" WHERE id = $1`, leaver.id);
  expect(await guest().get(at(article))).toMatchObject({
    status: 200,
    body: { createdBy: null, author: null },
  });
});
