import { beforeAll, expect, test } from "vitest";
import { withSecretKey } from "@/lib/testing/caller";
import { newUser, type Person, writeArticle } from "@/lib/testing/people";

let reader: Person;
let ownArticle: string;
let ownTag: string;

beforeAll(async () => {
  reader = await newUser();
  ownArticle = (await writeArticle(reader)).id;
  ownTag = (await reader.api.post<{ id: string }>("/v1/data/tags", { name: "before" })).body.id;
  expect(await withSecretKey().patch(`/v1/users/${reader.id}`, { role: "guest" })).toMatchObject({
    status: 200,
  });
});

const rejected = { status: 403, code: "data/permission-denied" };

test("the role guest cannot create articles or tags", async () => {
  const article = { title: "No", content: "Words." };
  expect(await reader.api.post("/v1/data/articles", article)).toMatchObject(rejected);
  expect(await reader.api.post("/v1/data/tags", { name: "no" })).toMatchObject(rejected);
});

test("the role guest cannot change or delete even its own articles and tags", async () => {
  for (const path of [`/v1/data/articles/${ownArticle}`, `/v1/data/tags/${ownTag}`]) {
    expect(await reader.api.patch(path, {})).toMatchObject(rejected);
    expect(await reader.api.delete(path)).toMatchObject(rejected);
  }
  expect(await reader.api.patch(`/v1/data/articles/${ownArticle}`, { title: "No" })).toMatchObject(rejected);
  expect(await reader.api.get(`/v1/data/articles/${ownArticle}`)).toMatchObject({
    status: 200,
    body: { title: "Margins" },
  });
});

test("the role guest gets a 404 for unknown articles and tags", async () => {
  for (const table of ["articles", "tags"]) {
    const missing = { status: 404, code: "data/not-found" };
    expect(await reader.api.patch(`/v1/data/${table}/none`, {})).toMatchObject(missing);
    expect(await reader.api.delete(`/v1/data/${table}/none`)).toMatchObject(missing);
  }
});

// part: bookmarks
test("the role guest can add and delete bookmarks", async () => {
  const { id: articleId } = await writeArticle(await newUser(), { isPublished: true });
  const kept = await reader.api.post<{ id: string }>("/v1/data/bookmarks", { articleId });
  expect(kept).toMatchObject({ status: 201 });
  expect(await reader.api.delete(`/v1/data/bookmarks/${kept.body.id}`)).toMatchObject({ status: 200 });
});
// end of part: bookmarks

test("a secret key together with the token of the role guest grants admin rights", async () => {
  const withKey = withSecretKey().as(reader.tokens.accessToken);
  expect(await withKey.post("/v1/data/tags", { name: "by key" })).toMatchObject({ status: 201 });
});
