import { beforeAll, describe, expect, test } from "vitest";
import type { z } from "zod";
import type { createBookmarkContract, listBookmarksContract } from "@/lib/bookmarks/contract";
import { type Caller, guest, secretHolder } from "@/lib/testing/caller";
import { queryDatabase } from "@/lib/testing/database/query-database";
import { newcomer, type Person, writeArticle } from "@/lib/testing/people";

type BookmarkAnswer = z.input<typeof createBookmarkContract.success.body>;
type BookmarkPage = z.input<typeof listBookmarksContract.success.body>;

const missing = { status: 404, code: "data/not-found" };

let author: Person;
let reader: Person;

beforeAll(async () => {
  [author, reader] = await Promise.all([newcomer(), newcomer()]);
});

const at = ({ id }: { id: string }) => `/v1/data/bookmarks/${id}`;

const keep = (articleId: unknown, by: Person = reader) =>
  by.api.post<BookmarkAnswer>("/v1/data/bookmarks", { articleId });

const list = (caller: Caller, query: Record<string, string> = {}) =>
  caller.get<BookmarkPage>(`/v1/data/bookmarks?${new URLSearchParams(query)}`);

const filtered = (caller: Caller, andFilters: object) =>
  list(caller, { andFilters: JSON.stringify(andFilters) });

const published = (by = author) => writeArticle(by, { isPublished: true });

/** The number of bookmarks of an article, of all users. */
const stored = async (articleId: string) =>
  (await queryDatabase(`SELECT FROM "Bookmark" WHERE "articleId" = $1`, articleId)).length;

describe("a reader keeps", () => {
  test("a published article, finds it by a filter, and lets it go", async () => {
    const article = await published();
    const { status, body } = await keep(article.id);
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

  test("a draft of their own, but not of another user, which does not exist for them", async () => {
    const draft = await writeArticle(author);
    expect(await keep(draft.id, author)).toMatchObject({ status: 201 });
    const refused = await keep(draft.id);
    expect(refused).toMatchObject(missing);
    expect(refused.body).toEqual((await keep("none")).body);
  });

  test("an article once, however many ask at the same time", async () => {
    const article = await published();
    const answers = await Promise.all(Array.from({ length: 10 }, () => keep(article.id)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(9).fill(409)]);
    expect(await keep(article.id)).toMatchObject({ status: 409, code: "data/duplicate-value" });
    expect(await keep(article.id, author)).toMatchObject({ status: 201 });
  });

  test.each<[string, unknown]>([
    ["no article", undefined],
    ["null", null],
    ["an empty id", ""],
    ["a number", 1],
    ["a query", { not: "" }],
    ["a list", ["a"]],
    ["an id with a NUL", "a\u0000"],
    ["an id with half a surrogate", "a\ud83d"],
  ])("but not %s", async (_, articleId) => {
    expect(await keep(articleId)).toMatchObject({ status: 400, code: "data/validation-error" });
  });

  test("and nothing in the name of another user", async () => {
    const article = await published();
    const body = { articleId: article.id, createdBy: author.id };
    expect(await reader.api.post("/v1/data/bookmarks", body)).toMatchObject({
      status: 400,
      code: "data/validation-error",
    });
    expect(await stored(article.id)).toBe(0);
  });
});

test("rejects bookmarks of guests and of a secret key without a user", async () => {
  const unauthorized = { status: 401, code: "auth/unauthorized" };
  for (const caller of [guest(), secretHolder()]) {
    expect(await list(caller)).toMatchObject(unauthorized);
    expect(await caller.post("/v1/data/bookmarks", { articleId: "a" })).toMatchObject(unauthorized);
    expect(await caller.get(at({ id: "a" }))).toMatchObject(unauthorized);
    expect(await caller.delete(at({ id: "a" }))).toMatchObject(unauthorized);
  }
});

test("a bookmark is its owner's alone, for an admin too", async () => {
  const admin = await newcomer();
  await queryDatabase(`UPDATE "User" SET role = 'admin' WHERE id = $1`, admin.id);
  const { body } = await keep((await published()).id);
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

describe("the list", () => {
  let keeper: Person;
  const kept: BookmarkAnswer[] = [];

  beforeAll(async () => {
    keeper = await newcomer();
    for (let number = 0; number < 5; number++) kept.push((await keep((await published()).id, keeper)).body);
  });

  test("holds the newest first, page by page", async () => {
    const first = await list(keeper.api, { limit: "3" });
    expect(first.body).toStrictEqual({
      items: kept.toReversed().slice(0, 3),
      pagination: { total: 5, page: 1, limit: 3, totalPages: 2, hasNext: true, hasPrev: false },
    });
    const second = await list(keeper.api, { limit: "3", page: "2" });
    expect(second.body.items).toStrictEqual(kept.toReversed().slice(3));
    const oldest = await list(keeper.api, { sortBy: "createdAt", sortDirection: "asc", limit: "1" });
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
  ])("refuses %j", async (query) => {
    expect(await list(keeper.api, query)).toMatchObject({ status: 400, code: "data/validation-error" });
  });
});

test("a bookmark goes with its article, and with its owner", async () => {
  const passing = await newcomer();
  const [first, second] = [await published(), await published()];
  await keep(first.id, passing);
  const { body } = await keep(first.id);
  await keep(second.id, passing);

  await author.api.delete(`/v1/data/articles/${first.id}`);
  expect(await stored(first.id)).toBe(0);
  expect(await reader.api.get(at(body))).toMatchObject(missing);

  await passing.api.delete("/v1/auth/withdraw");
  expect(await stored(second.id)).toBe(0);
});

test("a bookmark of what has become a draft stays its owner's, who can let it go but not read the article", async () => {
  const article = await published();
  const { body } = await keep(article.id);
  await author.api.patch(`/v1/data/articles/${article.id}`, { isPublished: false });
  expect((await filtered(reader.api, { articleId: article.id })).body.items).toStrictEqual([body]);
  expect(await reader.api.get(`/v1/data/articles/${article.id}`)).toMatchObject(missing);
  expect(await reader.api.delete(at(body))).toMatchObject({ status: 200 });
  expect(await keep(article.id)).toMatchObject(missing);
});
