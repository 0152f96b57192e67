import { beforeAll, describe, expect, inject, test } from "vitest";
import { type Caller, guest, withSecretKey } from "@/lib/testing/caller";
import { queryDatabase } from "@/lib/testing/database/query-database";
import {
  type ArticleAnswer,
  type ArticlePage,
  newUser,
  type Person,
  writeArticle,
} from "@/lib/testing/people";

type Query = Record<string, string | number | object>;

/** Lists articles; objects in the query are serialised as JSON. */
function list(caller: Caller, query: Query = {}) {
  const parameters = Object.entries(query).map(([name, value]): [string, string] => [
    name,
    typeof value === "object" ? JSON.stringify(value) : String(value),
  ]);
  return caller.get<ArticlePage>(`/v1/data/articles?${new URLSearchParams(parameters)}`);
}

const titles = async (caller: Caller, query: Query) => {
  const { status, body } = await list(caller, query);
  expect(status).toBe(200);
  return body.items.map(({ title }) => title);
};

/** An author of four articles that differ in everything, the last one a draft. */
let author: Person;
let articles: ArticleAnswer[];
let mine: { createdBy: string };

const written = [
  { title: "Apple", content: "One.", category: "essay", isPublished: true },
  { title: "Banana", content: "Two.", category: "note", isPublished: true },
  { title: "Cherry", content: "Three.", isPublished: true },
  { title: "Draft", content: "Four.", category: "essay" },
];

beforeAll(async () => {
  author = await newUser();
  mine = { createdBy: author.id };
  articles = [];
  for (const fields of written) articles.push(await writeArticle(author, fields));
});

describe("a list of articles", () => {
  test("returns whole articles, the newest first, with the pagination", async () => {
    const { status, body } = await list(guest(), { andFilters: mine });
    expect(status).toBe(200);
    expect(body).toStrictEqual({
      items: articles.slice(0, 3).reverse(),
      pagination: { total: 3, page: 1, limit: 20, totalPages: 1, hasNext: false, hasPrev: false },
    });
  });

  test("may be empty, and then has no pages", async () => {
    const { body } = await list(guest(), { andFilters: { createdBy: "unknown" } });
    expect(body).toStrictEqual({
      items: [],
      pagination: { total: 0, page: 1, limit: 20, totalPages: 0, hasNext: false, hasPrev: false },
    });
  });

  test("is empty beyond its last page", async () => {
    const { body } = await list(guest(), { andFilters: mine, page: 7, limit: 2 });
    expect(body).toStrictEqual({
      items: [],
      pagination: { total: 3, page: 7, limit: 2, totalPages: 2, hasNext: false, hasPrev: true },
    });
  });

  test("has pages that never overlap, even if all articles have the same sort value", async () => {
    const writer = await newUser();
    for (let times = 0; times < 7; times++)
      await writeArticle(writer, { title: "Same", category: "same", isPublished: true });
    await queryDatabase(
      `UPDATE "Article" SET "createdAt" = now(), "updatedAt" = now(), "publishedAt" = now() WHERE "createdBy" = $1`,
      writer.id,
    );

    for (const sortBy of ["createdAt", "updatedAt", "publishedAt", "title", "category", "isPublished"]) {
      for (const sortDirection of ["asc", "desc"]) {
        const pages = await Promise.all(
          [1, 2, 3].map((page) =>
            list(guest(), { andFilters: { createdBy: writer.id }, limit: 3, page, sortBy, sortDirection }),
          ),
        );
        expect(pages.map(({ body }) => body.items.length)).toEqual([3, 3, 1]);
        expect(new Set(pages.flatMap(({ body }) => body.items.map(({ id }) => id))).size).toBe(7);
        expect(pages.map(({ body }) => [body.pagination.hasPrev, body.pagination.hasNext])).toEqual([
          [false, true],
          [true, true],
          [true, false],
        ]);
      }
    }
  });

  test.each([
    ["a guest", () => guest()],
    ["a user", () => author.api],
    ["an admin", () => withSecretKey()],
  ])("has the same total from the stored count as from counting the rows, for %s", async (_, callerOf) => {
    const caller = callerOf();
    // This filter matches everything, but forces a count of the rows. Other tests write meanwhile, hence the poll.
    const everything = { createdAt: { $gte: "1970-01-01" } };
    for (const published of [{}, { isPublished: true }]) {
      await expect
        .poll(async () => {
          const quick = await list(caller, { andFilters: published, limit: 1 });
          const slow = await list(caller, { andFilters: { ...published, ...everything }, limit: 1 });
          return quick.body.pagination.total - slow.body.pagination.total;
        })
        .toBe(0);
    }
  });

  test.each<[string, Query]>([
    ["limit", { limit: 0 }],
    ["limit", { limit: 101 }],
    ["limit", { limit: "1e9" }],
    ["limit", { limit: -1 }],
    ["limit", { limit: "NaN" }],
    ["limit", { limit: "" }],
    ["limit", { limit: "10.5" }],
    ["limit", { limit: " 10" }],
    ["limit", { limit: "0x10" }],
    ["limit", { limit: "\u0661" }],
    ["page", { page: 0 }],
    ["page", { page: -1 }],
    ["page", { page: "1e18" }],
    ["page", { page: "1000000000000000000" }],
    ["page", { page: "two" }],
    ["sortBy", { sortBy: "passwordHash" }],
    ["sortBy", { sortBy: "content" }],
    ["sortBy", { sortBy: "author.email" }],
    ["sortBy", { sortBy: "" }],
    ["sortBy", { sortBy: "title; DROP TABLE" }],
    ["sortBy", { sortBy: "__proto__" }],
    ["sortDirection", { sortDirection: "up" }],
    ["sortDirection", { sortDirection: "DESC" }],
    ["sortDirection", { sortDirection: "" }],
    ["searchType", { search: "a", searchType: "author" }],
    ["search", { search: "a".repeat(201) }],
    ["search", { search: "\u0000" }],
    ["select", { select: "passwordHash" }],
    ["select", { select: "title,author.email" }],
  ])("rejects an invalid %s rather than clamping it: %o", async (field, query) => {
    expect(await list(guest(), query)).toMatchObject({
      status: 400,
      code: "data/validation-error",
      body: { error: { details: [{ path: expect.stringContaining(field) }] } },
    });
  });

  test.each([1, 100])("accepts a limit of %d", async (limit) => {
    expect(await list(guest(), { limit })).toMatchObject({ status: 200, body: { pagination: { limit } } });
  });

  test("is sorted by the requested field", async () => {
    const sorted = (sortBy: string, sortDirection?: string) =>
      titles(author.api, { andFilters: mine, sortBy, ...(sortDirection && { sortDirection }) });
    expect(await sorted("title")).toEqual(["Draft", "Cherry", "Banana", "Apple"]);
    expect(await sorted("title", "asc")).toEqual(["Apple", "Banana", "Cherry", "Draft"]);
    expect(await sorted("createdAt", "asc")).toEqual(["Apple", "Banana", "Cherry", "Draft"]);
    expect(await sorted("isPublished", "asc")).toEqual(["Draft", "Apple", "Banana", "Cherry"]);
    expect((await sorted("category", "asc")).filter((title) => title !== "Cherry")).toEqual([
      "Apple",
      "Draft",
      "Banana",
    ]);
  });

  test("is sorted by the time of the last change", async () => {
    const editor = await newUser();
    const [older] = [
      await writeArticle(editor, { title: "Older" }),
      await writeArticle(editor, { title: "Newer" }),
    ];
    const sorted = () => titles(editor.api, { andFilters: { createdBy: editor.id }, sortBy: "updatedAt" });
    expect(await sorted()).toEqual(["Newer", "Older"]);

    await editor.api.patch(`/v1/data/articles/${older.id}`, { content: "Changed." });
    expect(await sorted()).toEqual(["Older", "Newer"]);
  });
});

describe("the select parameter", () => {
  const alwaysIncluded = ["createdAt", "createdBy", "id", "updatedAt"];

  test.each<[string, string[]]>([
    ["title", ["title"]],
    ["title,category", ["title", "category"]],
    [" title , isPublished ", ["title", "isPublished"]],
    ["author", ["author"]],
    ["content,title,title", ["content", "title"]],
    ["tags,coverImage", ["tags", "coverImage"]],
    ["id", []],
  ])("%s returns those fields and the ones that are always included", async (select, fields) => {
    const { body } = await list(guest(), { andFilters: mine, select });
    for (const item of body.items) {
      expect(Object.keys(item).sort()).toEqual([...alwaysIncluded, ...fields].sort());
      expect(articles).toContainEqual(expect.objectContaining(item));
    }
    expect(body.items).toHaveLength(3);
  });

  test("returns all fields when it is empty", async () => {
    const { body } = await list(guest(), { andFilters: mine, select: "" });
    expect(body.items).toEqual(
      articles
        .slice(0, 3)
        .reverse()
        .map((article) => expect.objectContaining({ id: article.id })),
    );
    expect(Object.keys(body.items[0] ?? {})).toHaveLength(14);
  });
});

describe("article filters", () => {
  const [first, last] = ["2000-01-01", "2999-12-31T23:59:59.999Z"];
  const titlesFor = (filter: object) =>
    titles(author.api, { andFilters: { ...mine, ...filter }, sortBy: "title", sortDirection: "asc" });

  test.each<[object, string]>([
    [{}, "ABCD"],
    [{ title: "Apple" }, "A"],
    [{ title: "apple" }, ""],
    [{ title: { $eq: "Apple" } }, "A"],
    [{ title: { $ne: "Apple" } }, "BCD"],
    [{ title: { $gt: "Banana" } }, "CD"],
    [{ title: { $gte: "Banana" } }, "BCD"],
    [{ title: { $lt: "Banana" } }, "A"],
    [{ title: { $lte: "Banana" } }, "AB"],
    [{ title: { $gt: "Apple", $lt: "Cherry" } }, "B"],
    [{ title: { $in: ["Apple", "Draft", "None"] } }, "AD"],
    [{ title: { $in: [] } }, ""],
    [{ title: { $nin: ["Apple", "Draft"] } }, "BC"],
    [{ title: { $nin: [] } }, "ABCD"],
    [{ title: {} }, "ABCD"],
    [{ category: "essay" }, "AD"],
    [{ category: "essay", isPublished: true }, "A"],
    [{ isPublished: true }, "ABC"],
    [{ isPublished: false }, "D"],
    [{ isPublished: { $ne: true } }, "D"],
    [{ isPublished: { $in: [true, false] } }, "ABCD"],
    [{ category: null }, "C"],
    [{ category: { $eq: null } }, "C"],
    [{ category: { $ne: null } }, "ABD"],
    [{ category: { $ne: "essay" } }, "BC"],
    [{ category: { $nin: ["essay"] } }, "BC"],
    [{ category: { $nin: ["essay", null] } }, "B"],
    [{ category: { $in: [null, "note"] } }, "BC"],
    [{ category: { $in: [null] } }, "C"],
    [{ category: { $exists: true } }, "ABD"],
    [{ category: { $exists: false } }, "C"],
    [{ category: { $gt: "essay" } }, "B"],
    [{ title: null }, ""],
    [{ createdAt: { $gte: first, $lte: last } }, "ABCD"],
    [{ createdAt: { $lt: first } }, ""],
    [{ createdAt: { $gt: "2000-01-01T00:00:00+09:00" } }, "ABCD"],
    [{ updatedAt: { $gt: last } }, ""],
    [{ createdAt: { $exists: true } }, "ABCD"],
    [{ tags: "none" }, ""],
    [{ tags: { $ne: "none" } }, "ABCD"],
    [{ tags: { $in: ["none"] } }, ""],
    [{ tags: { $exists: false } }, "ABCD"],
  ])("with andFilters %o find %s", async (filter, initials) => {
    expect((await titlesFor(filter)).map((title) => title?.[0]).join("")).toBe(initials);
  });

  test("match by id and by exact time", async () => {
    const [apple, banana] = articles;
    expect(await titlesFor({ id: apple?.id })).toEqual(["Apple"]);
    expect(await titlesFor({ id: { $in: [apple?.id, banana?.id] } })).toEqual(["Apple", "Banana"]);
    expect(await titlesFor({ createdAt: banana?.createdAt })).toContain("Banana");
  });

  test.each<[object, string]>([
    [{ title: "Apple", category: "note" }, "AB"],
    [{ title: { $in: ["Apple"] }, isPublished: false }, "AD"],
    [[{ title: "Apple" }, { title: "Banana" }], "AB"],
    [[{ title: "Apple" }, { category: null }, { isPublished: false }], "ACD"],
    [[{ title: { $gt: "Apple", $lt: "Cherry" } }, { title: "Draft" }], "BD"],
    [{}, "ABCD"],
    [[], "ABCD"],
    [[{}], "ABCD"],
    [{ title: "None" }, ""],
  ])("with orFilters %o find %s", async (orFilters, initials) => {
    const found = await titles(author.api, {
      andFilters: mine,
      orFilters,
      sortBy: "title",
      sortDirection: "asc",
    });
    expect(found.map((title) => title?.[0]).join("")).toBe(initials);
  });

  test("combine: every andFilter, any orFilter, and the search", async () => {
    const query = {
      andFilters: { ...mine, isPublished: true },
      orFilters: [{ title: "Apple" }, { title: "Banana" }],
    };
    expect(await titles(author.api, { ...query, search: "two" })).toEqual(["Banana"]);
    expect(await titles(author.api, { ...query, search: "three" })).toEqual([]);
  });

  test.each(["andFilters", "orFilters"])("reject unknown fields and operators, in %s", async (name) => {
    const wrong: (string | object)[] = [
      { "author.passwordHash": "x" },
      { author: { passwordHash: "x" } },
      { passwordHash: { $gt: "" } },
      { content: "One." },
      { coverImage: null },
      { __proto__: null, constructor: "x" },
      '{"__proto__": {"title": "Apple"}}',
      { title: { $regex: ".*" } },
      { title: { $where: "true" } },
      { title: { startsWith: "A" } },
      { title: { $not: { $eq: "Apple" } } },
      { $or: [{ title: "Apple" }] },
      { title: 1 },
      { title: ["Apple"] },
      { title: { $eq: { $eq: "Apple" } } },
      { title: { $in: "Apple" } },
      { title: { $in: [1] } },
      { title: { $in: Array.from({ length: 101 }, String) } },
      { title: { $exists: "true" } },
      { title: { $gt: null } },
      { title: "\u0000" },
      { title: { $in: ["\ud800"] } },
      { isPublished: "true" },
      { isPublished: 1 },
      { createdAt: "yesterday" },
      { createdAt: "2026-02-30" },
      { createdAt: 0 },
      { createdAt: { $gte: "2026-01-01T25:00:00Z" } },
      { tags: { $gt: "a" } },
      { tags: ["a"] },
      '{"title": "Apple"',
      "title=Apple",
      '"Apple"',
      "1",
      "null",
      "",
      `${'{"a":'.repeat(900)}1${"}".repeat(900)}`,
      "[".repeat(1000) + "]".repeat(1000),
    ];
    for (const filter of wrong) {
      const answer = await list(author.api, { [name]: filter });
      expect([filter, answer.status, answer.code]).toEqual([filter, 400, "data/validation-error"]);
    }
    const noList = await list(author.api, { andFilters: [mine] });
    expect(noList).toMatchObject({ status: 400, code: "data/validation-error" });
  });
});

describe("article search", () => {
  let writer: Person;

  beforeAll(async () => {
    writer = await newUser();
    const texts = [
      { title: "여백에 대하여", content: "조용한 글쓰기" },
      { title: "100% sure_thing", content: "C:\\temp and a 'quote'" },
      { title: "École Überall", content: "ПРИВЕТ, мир" },
      { title: "Plain", content: "Nothing here but PLAIN words, 1000 sureXthing." },
    ];
    for (const text of texts) await writeArticle(writer, { ...text, isPublished: true });
  });

  test.each<[string, string, string[]]>([
    ["Korean in a title", "여백", ["여백에 대하여"]],
    ["a single syllable", "백", ["여백에 대하여"]],
    ["Korean in a text", "글쓰기", ["여백에 대하여"]],
    ["a part of a word", "oth", ["Plain"]],
    ["a word regardless of case", "pLaIn", ["Plain"]],
    ["accented letters regardless of case", "ÜBERALL", ["École Überall"]],
    ["another script regardless of case", "привет", ["École Überall"]],
    ["a percent sign, taken literally", "100%", ["100% sure_thing"]],
    ["a percent sign alone", "%", ["100% sure_thing"]],
    ["an underscore, taken literally", "sure_thing", ["100% sure_thing"]],
    ["a backslash, taken literally", "C:\\temp", ["100% sure_thing"]],
    ["a backslash at the end", "C:\\", ["100% sure_thing"]],
    ["a quote", "'quote'", ["100% sure_thing"]],
    ["two words with a space between", "but plain", ["Plain"]],
    ["a word, ignoring surrounding whitespace", "  nothing  ", ["Plain"]],
    ["nothing for a missing word", "nowhere", []],
    ["nothing for SQL", "' OR true --", []],
    ["nothing for a missing emoji", "\u{1f600}", []],
  ])("finds %s", async (_, search, found) => {
    expect(await titles(guest(), { search, andFilters: { createdBy: writer.id } })).toEqual(found);
  });

  test("matches, as filters do, composed and decomposed Unicode (NFC and NFD) alike", async () => {
    const category = `수필${author.id.slice(-8)}`;
    const { id } = await writeArticle(author, {
      title: `여백 ${author.id}`.normalize("NFD"),
      category: category.normalize("NFD"),
      isPublished: true,
    });
    for (const form of ["NFC", "NFD"] as const) {
      const search = await list(guest(), { search: `여백 ${author.id}`.normalize(form) });
      expect(
        search.body.items.map((article) => article.id),
        form,
      ).toEqual([id]);
      const filtered = await list(guest(), { andFilters: { category: category.normalize(form) } });
      expect(
        filtered.body.items.map((article) => article.id),
        form,
      ).toEqual([id]);
      const path = `/categories/${encodeURIComponent(category.normalize(form))}`;
      const page = await fetch(inject("appUrl") + path);
      expect(page.status, form).toBe(200);
    }
    await author.api.delete(`/v1/data/articles/${id}`);
  });

  test("looks only in the field named by searchType", async () => {
    const plain = (searchType: string, search: string) =>
      titles(guest(), { search, searchType, andFilters: { createdBy: writer.id } });
    expect(await plain("title", "plain")).toEqual(["Plain"]);
    expect(await plain("title", "words")).toEqual([]);
    expect(await plain("content", "words")).toEqual(["Plain"]);
    expect(await plain("content", "École")).toEqual([]);
  });

  test("with an empty query finds everything", async () => {
    for (const search of ["", "   "]) {
      expect(await titles(guest(), { search, andFilters: { createdBy: writer.id } })).toHaveLength(4);
    }
  });
});

describe("a draft in a list of articles", () => {
  const inTheList = async (caller: Caller, query: Query) => (await titles(caller, query)).includes("Draft");
  const draftQueries: [string, () => Query][] = [
    ["by its author", () => ({ andFilters: mine })],
    ["by its id", () => ({ andFilters: { id: articles[3]?.id } })],
    ["by isPublished: false", () => ({ andFilters: { ...mine, isPublished: false } })],
    [
      "by isPublished in [true, false]",
      () => ({ andFilters: mine, orFilters: { isPublished: { $in: [true, false] } } }),
    ],
    ["by an orFilter that matches it", () => ({ orFilters: [{ id: articles[3]?.id }, { title: "Draft" }] })],
    ["by its title", () => ({ andFilters: { ...mine, title: "Draft" } })],
    ["by a search", () => ({ search: "Four.", andFilters: mine })],
    ["by sorting by the last change", () => ({ andFilters: mine, sortBy: "updatedAt" })],
  ];

  test.each(draftQueries)("is not found %s, except for its author and an admin", async (_, queryOf) => {
    const query = queryOf();
    const reader = await newUser();
    for (const outsider of [guest(), reader.api]) {
      expect(await inTheList(outsider, query)).toBe(false);
      expect((await list(outsider, query)).body.items.some(({ isPublished }) => !isPublished)).toBe(false);
    }
    for (const entitled of [author.api, withSecretKey()]) expect(await inTheList(entitled, query)).toBe(true);
  });

  test("is not counted in the total either", async () => {
    expect((await list(guest(), { andFilters: mine })).body.pagination.total).toBe(3);
    expect((await list(author.api, { andFilters: mine })).body.pagination.total).toBe(4);
  });
});

test("SQL in any parameter of the article endpoints has no effect", async () => {
  const injections = [
    "' OR '1'='1",
    '" OR 1=1 --',
    '\'; DROP TABLE "Article"; --',
    "\\'; SELECT pg_sleep(9) --",
    "$1",
  ];
  for (const sql of injections) {
    expect((await list(guest(), { search: sql })).body.items).toEqual([]);
    for (const field of ["id", "title", "category", "createdBy", "tags"]) {
      expect((await list(guest(), { andFilters: { [field]: sql } })).body.items).toEqual([]);
    }
    for (const name of [
      "page",
      "limit",
      "sortBy",
      "sortDirection",
      "searchType",
      "select",
      "andFilters",
      "orFilters",
    ]) {
      expect(await list(guest(), { [name]: sql })).toMatchObject({
        status: 400,
        code: "data/validation-error",
      });
    }
    const path = `/v1/data/articles/${encodeURIComponent(sql)}`;
    expect(await guest().get(path)).toMatchObject({ status: 404, code: "data/not-found" });
  }
  expect(await titles(guest(), { andFilters: mine })).toHaveLength(3);
});
