import { beforeAll, describe, expect, test } from "vitest";
import type { z } from "zod";
import type { createBookmarkContract, listBookmarksContract } from "@/lib/bookmarks/contract";
import { type Caller, guest, withSecretKey } from "@/lib/testing/caller";
import { queryDatabase } from "@/lib/testing/database/query-database";
import { newUser, type Person, writeArticle } from "@/lib/testing/people";

type BookmarkAnswer = z.input<typeof createBookmarkContract.success.body>;
type BookmarkPage = z.input<typeof listBookmarksContract.success.body>;

const missing = { status: 404, code: "data/not-found" };

let author: Person;
let reader: Person;

beforeAll(async () => {
  [author, reader] = await Promise.all([newUser(), newUser()]);
});

const at = ({ id }: { id: string }) => `/v1/data/bookmarks/${id}`;

const bookmark = (articleId: unknown, by: Person = reader) =>
  by.api.post<BookmarkAnswer>("/v1/data/bookmarks", { articleId });

const list = (caller: Caller, query: Record<string, string> = {}) =>
  caller.get<BookmarkPage>(`/v1/data/bookmarks?${new URLSearchParams(query)}`);

const filtered = (caller: Caller, andFilters: object) =>
  list(caller, { andFilters: JSON.stringify(andFilters) });

const published = (by = author) => writeArticle(by, { isPublished: true });

/** The number of bookmarks of an article, of all users. */
const stored = async (articleId: string) =>
  (await queryDatabase(`SELECT FROM "Bookmark" WHERE "articleId" = $1`, articleId)).length;

describe("bookmarking", () => {
  test("a published article adds a bookmark, which can be found by a filter and deleted", async () => {
    const article = await published();
    const { status, body } = await bookmark(article.id);
    expect(status).toBe(201);
    expect(body).toStrictEqual({
      id: expect.any(String),
      articleId: article.id,
      createdBy: reader.id,
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    });
    expect(await reader.api.get(at(body))).toMatchObject({ status: 200, body });
    const found = await filtered(reader.api, { articleId: article.id });
    expect(found.body.items).toStrictEqual([body]);

    expect(await reader.api.delete(at(body))).toMatchObject({ status: 200, body: { success: true } });
    expect(await reader.api.get(at(body))).toMatchObject(missing);
    expect(await reader.api.delete(at(body))).toMatchObject(missing);
    expect((await filtered(reader.api, { articleId: article.id })).body.items).toEqual([]);
  });

  test("is possible for the user's own draft, and responds 404 for another user's draft", async () => {
    const draft = await writeArticle(author);
    expect(await bookmark(draft.id, author)).toMatchObject({ status: 201 });
    const rejected = await bookmark(draft.id);
    expect(rejected).toMatchObject(missing);
    expect(rejected.body).toEqual((await bookmark("none")).body);
  });

  test("an article ten times at once adds one bookmark", async () => {
    const article = await published();
    const answers = await Promise.all(Array.from({ length: 10 }, () => bookmark(article.id)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(9).fill(409)]);
    expect(await bookmark(article.id)).toMatchObject({ status: 409, code: "data/duplicate-value" });
    expect(await bookmark(article.id, author)).toMatchObject({ status: 201 });
  });

  test.each<[string, unknown]>([
    ["no article id", undefined],
    ["null", null],
    ["an empty id", ""],
    ["a number", 1],
    ["a query operator", { not: "" }],
    ["a list", ["a"]],
    ["an id with a NUL", "a\u0000"],
    ["an id with a lone surrogate", "a\ud83d"],
  ])("rejects %s", async (_, articleId) => {
    expect(await bookmark(articleId)).toMatchObject({ status: 400, code: "data/validation-error" });
  });

  test("another user's draft needs an admin's rights, such as those of a secret key", async () => {
    const draft = await writeArticle(author);
    expect(await bookmark(draft.id)).toMatchObject(missing);
    const holder = withSecretKey().as(reader.tokens.accessToken);
    expect(await holder.post("/v1/data/bookmarks", { articleId: draft.id })).toMatchObject({
      status: 201,
      body: { createdBy: reader.id },
    });
  });

  test("for another user is rejected", async () => {
    const article = await published();
    const body = { articleId: article.id, createdBy: author.id };
    expect(await reader.api.post("/v1/data/bookmarks", body)).toMatchObject({
      status: 400,
      code: "data/validation-error",
    });
    expect(await stored(article.id)).toBe(0);
  });
});

test("the bookmark endpoints reject guests and a secret key without a user", async () => {
  const unauthorized = { status: 401, code: "auth/unauthorized" };
  for (const caller of [guest(), withSecretKey()]) {
    expect(await list(caller)).toMatchObject(unauthorized);
    expect(await caller.post("/v1/data/bookmarks", { articleId: "a" })).toMatchObject(unauthorized);
    expect(await caller.get(at({ id: "a" }))).toMatchObject(unauthorized);
    expect(await caller.delete(at({ id: "a" }))).toMatchObject(unauthorized);
  }
});

test("a bookmark is visible only to its owner, not even to an admin", async () => {
  const admin = await newUser();
  await queryDatabase(`UPDATE "User" SET role = 'admin' WHERE id = $1`, admin.id);
  const { body } = await bookmark((await published()).id);
  for (const { api } of [author, admin]) {
    expect(await api.get(at(body))).toMatchObject(missing);
    expect(await api.delete(at(body))).toMatchObject(missing);
    for (const filter of [{}, { createdBy: reader.id }, { id: body.id }, { articleId: body.articleId }]) {
      const { body: page } = await filtered(api, filter);
      expect(page.items.filter(({ createdBy }) => createdBy !== admin.id && createdBy !== author.id)).toEqual(
        [],
      );
    }
    const widened = await list(api, {
      orFilters: JSON.stringify([{ createdBy: reader.id }, { id: { $exists: true } }]),
    });
    expect(widened.body.items.map(({ id }) => id)).not.toContain(body.id);
  }
  expect(await reader.api.get(at(body))).toMatchObject({ status: 200 });
});

describe("the list of bookmarks", () => {
  let owner: Person;
  const kept: BookmarkAnswer[] = [];

  beforeAll(async () => {
    owner = await newUser();
    for (let number = 0; number < 5; number++)
      kept.push((await bookmark((await published()).id, owner)).body);
  });

  test("returns the newest first, in pages", async () => {
    const first = await list(owner.api, { limit: "3" });
    expect(first.body).toStrictEqual({
      items: kept.toReversed().slice(0, 3),
      pagination: { total: 5, page: 1, limit: 3, totalPages: 2, hasNext: true, hasPrev: false },
    });
    const second = await list(owner.api, { limit: "3", page: "2" });
    expect(second.body.items).toStrictEqual(kept.toReversed().slice(3));
    const oldest = await list(owner.api, { sortBy: "createdAt", sortDirection: "asc", limit: "1" });
    expect(oldest.body.items).toStrictEqual(kept.slice(0, 1));
  });

  test.each<Record<string, string>>([
    { sortBy: "articleId" },
    { sortDirection: "up" },
    { limit: "101" },
    { page: "0" },
    { andFilters: "{" },
    { andFilters: '{"title": "a"}' },
    { andFilters: '{"article.title": "a"}' },
    { orFilters: '{"articleId": {"$like": "a"}}' },
  ])("rejects %j", async (query) => {
    expect(await list(owner.api, query)).toMatchObject({ status: 400, code: "data/validation-error" });
  });
});

test("a bookmark is deleted with its article, and with its owner", async () => {
  const leaver = await newUser();
  const [first, second] = [await published(), await published()];
  await bookmark(first.id, leaver);
  const { body } = await bookmark(first.id);
  await bookmark(second.id, leaver);

  await author.api.delete(`/v1/data/articles/${first.id}`);
  expect(await stored(first.id)).toBe(0);
  expect(await reader.api.get(at(body))).toMatchObject(missing);

  await leaver.api.delete("/v1/auth/withdraw");
  expect(await stored(second.id)).toBe(0);
});

test("a bookmark of an unpublished article is kept and can be deleted, but the article cannot be read", async () => {
  const article = await published();
  const { body } = await bookmark(article.id);
  await author.api.patch(`/v1/data/articles/${article.id}`, { isPublished: false });
  expect((await filtered(reader.api, { articleId: article.id })).body.items).toStrictEqual([body]);
  expect(await reader.api.get(`/v1/data/articles/${article.id}`)).toMatchObject(missing);
  expect(await reader.api.delete(at(body))).toMatchObject({ status: 200 });
  expect(await bookmark(article.id)).toMatchObject(missing);
});
