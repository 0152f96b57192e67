import { beforeAll, describe, expect, inject, test } from "vitest";
import type { z } from "zod";
import type { createTagContract, listTagsContract } from "@/lib/tags/contract";
import { type Caller, guest, withSecretKey } from "@/lib/testing/caller";
import {
  type ArticleAnswer,
  type ArticlePage,
  newUser,
  type Person,
  writeArticle,
} from "@/lib/testing/people";

type TagAnswer = z.input<typeof createTagContract.success.body>;
type TagPage = z.input<typeof listTagsContract.success.body>;

const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const duplicate = { status: 409, code: "data/duplicate-value" };

let author: Person;
let other: Person;

beforeAll(async () => {
  [author, other] = await Promise.all([newUser(), newUser()]);
});

const at = ({ id }: { id: string }) => `/v1/data/tags/${id}`;

const createTag = (fields: Record<string, unknown>, by: Person = author) =>
  by.api.post<TagAnswer>("/v1/data/tags", fields);

async function newTag(name: string, by: Person = author): Promise<TagAnswer> {
  const { status, body } = await createTag({ name }, by);
  expect(status).toBe(201);
  return body;
}

function list(caller: Caller, query: Record<string, string | number | object> = {}) {
  const parameters = Object.entries(query).map(([name, value]): [string, string] => [
    name,
    typeof value === "object" ? JSON.stringify(value) : String(value),
  ]);
  return caller.get<TagPage>(`/v1/data/tags?${new URLSearchParams(parameters)}`);
}

describe("creating a tag", () => {
  test("derives a slug from the name, and makes the tag readable for guests", async () => {
    const { status, body } = await createTag({ name: "  여백의 글 " });
    expect(status).toBe(201);
    expect(body).toStrictEqual({
      id: expect.any(String),
      name: "여백의 글",
      slug: "여백의-글",
      createdBy: author.id,
      createdAt: expect.stringMatching(time),
      updatedAt: expect.stringMatching(time),
    });
    for (const caller of [guest(), other.api, author.api, withSecretKey()]) {
      expect(await caller.get(at(body))).toMatchObject({ status: 200, body });
    }
  });

  test.each<[string, Record<string, unknown>, string]>([
    ["spaces and capitals", { name: "Server Components" }, "server-components"],
    ["a dot", { name: "Next.js" }, "next-js"],
    ["an empty slug next to it", { name: "Empty slug", slug: "" }, "empty-slug"],
    ["a blank slug next to it", { name: "Blank slug", slug: "  " }, "blank-slug"],
    ["a slug next to it", { name: "Given", slug: "my-own" }, "my-own"],
    ["a Korean slug next to it", { name: "Given in Korean", slug: "내가-정한" }, "내가-정한"],
    ["no letters", { name: "\u{1f58b}" }, "tag-[0-9a-f]{12}"],
    ["plus signs", { name: "++" }, "plus-plus"],
    ["50 emoji", { name: "\u{1f58b}".repeat(50) }, "tag-[0-9a-f]{12}"],
    ["50 letters", { name: "a".repeat(50) }, "a".repeat(50)],
  ])("makes the right slug for a name with %s", async (_, fields, slug) => {
    expect(await createTag(fields)).toMatchObject({
      status: 201,
      body: { slug: expect.stringMatching(`^${slug}$`) },
    });
  });

  test("makes a distinct slug for a name of only symbols, the same for every author", async () => {
    const slugs = await Promise.all(["!!!", "???", "!", "→", "C++", "#"].map((name) => newTag(name)));
    expect(new Set(slugs.map(({ slug }) => slug)).size).toBe(slugs.length);
    expect((await newTag("???", other)).slug).toBe(slugs[1]?.slug);
  });

  test("with a slug that the author already uses adds a suffix to a derived one, and rejects a given one", async () => {
    const first = await newTag("A b");
    const second = await newTag("A-b!");
    expect(first.slug).toBe("a-b");
    expect(second.slug).toMatch(/^a-b-[0-9a-f]{6}$/);
    expect(await createTag({ name: "Something else", slug: "a-b" })).toMatchObject(duplicate);
  });

  test("rejects a name that the author already uses, regardless of case and Unicode form", async () => {
    await newTag("Zurück");
    for (const name of ["Zurück", "zurück", "ZURÜCK", " zurück ", "zurück".normalize("NFD")]) {
      expect(await createTag({ name }), name).toMatchObject(duplicate);
      expect(await createTag({ name, slug: "another-slug" }), name).toMatchObject(duplicate);
    }
    expect(await createTag({ name: "zurück" }, other)).toMatchObject({
      status: 201,
      body: { slug: "zurück" },
    });
  });

  test("ten times at once adds one tag", async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => createTag({ name: "Race" })));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([201, ...Array(9).fill(409)]);
  });

  test.each<[string, Record<string, unknown>]>([
    ["no name", {}],
    ["an empty name", { name: "" }],
    ["a blank name", { name: " \n" }],
    ["a name of invisible characters", { name: "\u3164" }],
    ["a name with a direction override", { name: "a\u202eb" }],
    ["a name of 51 letters", { name: "a".repeat(51) }],
    ["a name with a NUL", { name: "a\u0000" }],
    ["a name with a lone surrogate", { name: "a\ud83d" }],
    ["a number as its name", { name: 1 }],
    ["a query operator as its name", { name: { contains: "a" } }],
    ["a slug with a slash", { name: "Slash", slug: "a/b" }],
    ["a slug of dots", { name: "Dots", slug: ".." }],
    ["a slug with a space", { name: "Blank", slug: "a b" }],
    ["a slug with a NUL", { name: "Nul", slug: "\u0000" }],
    ["a slug of 101 letters", { name: "Long", slug: "a".repeat(101) }],
    ["null as its slug", { name: "Null", slug: null }],
    ["an id", { name: "Id", id: "mine" }],
    ["an author", { name: "Author", createdBy: "another" }],
    ["an unknown field", { name: "Field", color: "red" }],
  ])("is rejected with %s", async (_, fields) => {
    expect(await createTag(fields)).toMatchObject({ status: 400, code: "data/validation-error" });
  });

  test("is rejected for a guest and for a secret key without a user", async () => {
    for (const caller of [guest(), withSecretKey()]) {
      expect(await caller.post("/v1/data/tags", { name: "No author" })).toMatchObject({
        status: 401,
        code: "auth/unauthorized",
      });
    }
  });
});

describe("changing a tag", () => {
  test("changes the given field, and keeps the slug when the name changes", async () => {
    const tag = await newTag("Before");
    const { status, body } = await author.api.patch<TagAnswer>(at(tag), { name: " After " });
    expect(status).toBe(200);
    expect(body).toStrictEqual({ ...tag, name: "After", updatedAt: body.updatedAt });
    expect(body.updatedAt >= tag.updatedAt).toBe(true);

    expect(await author.api.patch(at(tag), { slug: "of-my-own" })).toMatchObject({
      status: 200,
      body: { name: "After", slug: "of-my-own" },
    });
    expect(await author.api.patch(at(tag), { slug: "" })).toMatchObject({ body: { slug: "after" } });
    expect(await author.api.patch(at(tag), { name: "AFTER" })).toMatchObject({ body: { name: "AFTER" } });
  });

  test("with an empty patch succeeds and changes nothing", async () => {
    const tag = await newTag("Untouched");
    expect(await author.api.patch(at(tag), {})).toMatchObject({ status: 200, body: tag });
  });

  test("to a name or slug that its author already uses is rejected", async () => {
    const [first, second] = [await newTag("Taken"), await newTag("Free")];
    expect(await author.api.patch(at(second), { name: "TAKEN" })).toMatchObject(duplicate);
    expect(await author.api.patch(at(second), { slug: first.slug })).toMatchObject(duplicate);
    expect((await guest().get(at(second))).body).toStrictEqual(second);
  });

  test("to an invalid value is rejected", async () => {
    const tag = await newTag("Fine");
    for (const fields of [
      { name: "" },
      { name: null },
      { slug: "a/b" },
      { id: "a" },
      { createdBy: other.id },
    ]) {
      expect(await author.api.patch(at(tag), fields)).toMatchObject({
        status: 400,
        code: "data/validation-error",
      });
    }
  });

  test("is forbidden for another user, and allowed for an admin", async () => {
    const tag = await newTag("Mine alone");
    const forbidden = { status: 403, code: "data/permission-denied" };
    const unauthorized = { status: 401, code: "auth/unauthorized" };
    for (const fields of [{ name: "Theirs" }, {}]) {
      expect(await other.api.patch(at(tag), fields)).toMatchObject(forbidden);
      expect(await guest().patch(at(tag), fields)).toMatchObject(unauthorized);
    }
    expect(await other.api.delete(at(tag))).toMatchObject(forbidden);
    expect(await guest().delete(at(tag))).toMatchObject(unauthorized);
    expect((await guest().get(at(tag))).body).toStrictEqual(tag);

    expect(await withSecretKey().patch(at(tag), { name: "Moderated" })).toMatchObject({
      status: 200,
      body: { name: "Moderated", createdBy: author.id },
    });
    expect(await withSecretKey().delete(at(tag))).toMatchObject({ status: 200, body: { success: true } });
  });

  test.each(["none", "../x", "%00", "' OR true --"])("responds 404 for an unknown id: %s", async (id) => {
    const missing = { status: 404, code: "data/not-found" };
    const path = `/v1/data/tags/${encodeURIComponent(id)}`;
    expect(await guest().get(path)).toMatchObject(missing);
    expect(await author.api.patch(path, { name: "Gone" })).toMatchObject(missing);
    expect(await author.api.delete(path)).toMatchObject(missing);
  });
});

describe("the list of tags", () => {
  let lister: Person;
  let mine: { createdBy: string };
  let tags: TagAnswer[];

  beforeAll(async () => {
    lister = await newUser();
    mine = { createdBy: lister.id };
    tags = [];
    for (const name of ["cherry", "apple", "바나나"]) tags.push(await newTag(name, lister));
  });

  const names = async (query: Record<string, string | number | object>) => {
    const { status, body } = await list(guest(), query);
    expect(status).toBe(200);
    return body.items.map(({ name }) => name);
  };

  test("returns whole tags, the newest first", async () => {
    const { body } = await list(guest(), { andFilters: mine });
    expect(body).toStrictEqual({
      items: tags.toReversed(),
      pagination: { total: 3, page: 1, limit: 20, totalPages: 1, hasNext: false, hasPrev: false },
    });
  });

  test("can be sorted and paginated", async () => {
    const byName = { andFilters: mine, sortBy: "name", sortDirection: "asc" };
    expect(await names(byName)).toEqual(["apple", "cherry", "바나나"]);
    expect(await names({ ...byName, limit: 2, page: 2 })).toEqual(["바나나"]);
    expect(await names({ andFilters: mine, sortBy: "slug" })).toEqual(["바나나", "cherry", "apple"]);
    expect(await names({ andFilters: mine, sortBy: "updatedAt", sortDirection: "asc" })).toEqual([
      "cherry",
      "apple",
      "바나나",
    ]);
  });

  test.each<[object, string[]]>([
    [{ name: "apple" }, ["apple"]],
    [{ name: "바나나" }, ["바나나"]],
    [{ slug: { $in: ["apple", "cherry"] } }, ["apple", "cherry"]],
    [{ name: { $ne: "apple" } }, ["바나나", "cherry"]],
    [{ createdAt: { $gt: "2999-01-01" } }, []],
    [{ name: "' OR true --" }, []],
  ])("can be filtered by %j", async (filter, found) => {
    const filters = { andFilters: { ...mine, ...filter } };
    expect((await names(filters)).sort()).toEqual([...found].sort());
  });

  test("can be filtered by orFilters and by id", async () => {
    const [cherry] = tags;
    expect(await names({ andFilters: mine, orFilters: [{ name: "apple" }, { id: cherry?.id }] })).toEqual([
      "apple",
      "cherry",
    ]);
  });

  test.each<[string, Record<string, string | number | object>]>([
    ["a sort by an internal field", { sortBy: "nameKey" }],
    ["a sort by SQL", { sortBy: "name; DROP TABLE" }],
    ["a filter on an internal field", { andFilters: { nameKey: "a" } }],
    ["a filter through the author", { andFilters: { "author.passwordHash": { $exists: true } } }],
    ["a filter on updatedAt", { andFilters: { updatedAt: { $gt: "2020-01-01" } } }],
    ["a filter that is not JSON", { andFilters: "{" }],
    ["an unknown operator", { orFilters: { name: { $regex: "a" } } }],
    ["a query operator as a value", { andFilters: { name: { contains: "a" } } }],
    ["a limit of a billion", { limit: "1e9" }],
    ["page 0", { page: 0 }],
  ])("rejects %s", async (_, query) => {
    expect(await list(guest(), query)).toMatchObject({ status: 400, code: "data/validation-error" });
  });
});

describe("an article with tags", () => {
  const articleAt = ({ id }: { id: string }) => `/v1/data/articles/${id}`;
  const tagged = (id: unknown, caller: Caller = guest()) =>
    caller.get<ArticlePage>(
      `/v1/data/articles?${new URLSearchParams({ andFilters: JSON.stringify({ tags: id }), select: "tags" })}`,
    );
  const idsOf = async (id: unknown, caller?: Caller) =>
    (await tagged(id, caller)).body.items.map(({ id }) => id);

  test("keeps the order of the tags without duplicates, and may have tags of other users", async () => {
    const [mine, theirs] = [await newTag("Carried"), await newTag("Carried", other)];
    const article = await writeArticle(author, { isPublished: true, tags: [theirs.id, mine.id, theirs.id] });
    expect(article.tags).toEqual([theirs.id, mine.id]);
    expect((await guest().get(articleAt(article))).body).toStrictEqual(article);

    const { body } = await author.api.patch<ArticleAnswer>(articleAt(article), { tags: [mine.id] });
    expect(body.tags).toEqual([mine.id]);
    const renamed = await author.api.patch<ArticleAnswer>(articleAt(article), { title: "Other" });
    expect(renamed.body.tags).toEqual([mine.id]);
    expect(await author.api.patch(articleAt(article), { tags: [] })).toMatchObject({ body: { tags: [] } });
  });

  test("is found by them", async () => {
    const [one, two] = [await newTag("One"), await newTag("Two")];
    const first = await writeArticle(author, { isPublished: true, tags: [one.id] });
    const both = await writeArticle(author, { isPublished: true, tags: [two.id, one.id] });
    const draft = await writeArticle(author, { tags: [one.id] });
    expect(await idsOf(one.id)).toEqual([both.id, first.id]);
    expect(await idsOf({ $eq: two.id })).toEqual([both.id]);
    expect(await idsOf({ $in: [two.id, "none"] })).toEqual([both.id]);
    expect(await idsOf(one.id, author.api)).toEqual([draft.id, both.id, first.id]);
    expect(await idsOf(one.id, other.api)).toEqual([both.id, first.id]);

    const without = await guest().get<ArticlePage>(
      `/v1/data/articles?${new URLSearchParams({
        andFilters: JSON.stringify({ createdBy: author.id, tags: { $nin: [two.id] } }),
        limit: "100",
      })}`,
    );
    const ids = without.body.items.map(({ id }) => id);
    expect(ids).toContain(first.id);
    expect(ids).not.toContain(both.id);
  });

  test("loses a tag that is deleted, and is otherwise unchanged", async () => {
    const [gone, kept] = [await newTag("Gone"), await newTag("Kept")];
    const article = await writeArticle(author, { isPublished: true, tags: [gone.id, kept.id] });
    expect(await author.api.delete(at(gone))).toMatchObject({ status: 200, body: { success: true } });
    expect((await guest().get(articleAt(article))).body).toStrictEqual({ ...article, tags: [kept.id] });
    expect(await idsOf(gone.id)).toEqual([]);
    expect(await guest().get(at(gone))).toMatchObject({ status: 404 });
  });

  test("rejects an unknown tag, names its index, and leaves the article unchanged", async () => {
    const tag = await newTag("Known");
    const article = await writeArticle(author);
    const rejected = {
      status: 400,
      code: "data/validation-error",
      body: { error: { details: [{ path: "tags.1" }] } },
    };
    expect(await author.api.patch(articleAt(article), { title: "No", tags: [tag.id, "none"] })).toMatchObject(
      rejected,
    );
    expect((await author.api.get(articleAt(article))).body).toStrictEqual(article);
    expect(
      await author.api.post("/v1/data/articles", { title: "No", content: "No", tags: [tag.id, "none"] }),
    ).toMatchObject(rejected);
    expect(await author.api.patch(articleAt(article), { tags: ["a\u0000"] })).toMatchObject({ status: 400 });
  });

  test("has its owner checked before its tags", async () => {
    const published = await writeArticle(author, { isPublished: true });
    const draft = await writeArticle(author);
    expect(await other.api.patch(articleAt(published), { tags: ["none"] })).toMatchObject({ status: 403 });
    expect(await other.api.patch(articleAt(draft), { tags: ["none"] })).toMatchObject({ status: 404 });
  });

  test("does not keep a tag that is deleted concurrently", async () => {
    for (let round = 0; round < 5; round++) {
      const tag = await newTag(`Meanwhile ${round}`);
      const article = await writeArticle(author, { isPublished: true });
      const [, ...writes] = await Promise.all([
        author.api.delete(at(tag)),
        ...Array.from({ length: 5 }, () => author.api.patch(articleAt(article), { tags: [tag.id] })),
      ]);
      for (const { status } of writes) expect([200, 400]).toContain(status);
      expect((await guest().get<ArticleAnswer>(articleAt(article))).body.tags).toEqual([]);
    }
  });
});

test("the page of a tag slug is named after a tag that a public article has", async () => {
  const slug = `shared-${crypto.randomUUID().slice(0, 8)}`;
  const unused = await createTag({ name: `Advertisement ${slug}`, slug }, other);
  expect(unused.status).toBe(201);
  const { body: tag } = await createTag({ name: `Reading ${slug}`, slug });
  const page = async () => (await fetch(`${inject("appUrl")}/tags/${slug}`)).text();
  expect(await page()).not.toContain("Advertisement");

  await writeArticle(author, { isPublished: true, tags: [tag.id] });
  expect(await page()).toMatch(new RegExp(`<h1[^>]*>Reading ${slug}</h1>`));
});

test("deleting a user keeps the tags of public articles without an author, and deletes the unused ones", async () => {
  const leaver = await newUser();
  const [used, unused] = [await newTag("Used", leaver), await newTag("Unused", leaver)];
  const onDraft = await newTag("On a draft", leaver);
  const article = await writeArticle(leaver, { isPublished: true, tags: [used.id] });
  await writeArticle(leaver, { tags: [onDraft.id] });
  expect(await leaver.api.delete("/v1/auth/withdraw")).toMatchObject({ status: 200 });

  expect(await guest().get(at(used))).toMatchObject({ status: 200, body: { createdBy: null } });
  expect(await guest().get(`/v1/data/articles/${article.id}`)).toMatchObject({ body: { tags: [used.id] } });
  for (const tag of [unused, onDraft]) expect(await guest().get(at(tag))).toMatchObject({ status: 404 });
});
