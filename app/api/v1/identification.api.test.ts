import { describe, expect, inject, test } from "vitest";
import { type CallHeaders, guest, secretHolder } from "@/lib/testing/caller";
import { newcomer, writeArticle } from "@/lib/testing/people";

const articles = "/v1/data/articles?limit=1";
const publishableKey = inject("publishableKey");
const project = { "X-API-Key": null, "X-Project-Id": "blog", "X-Environment": "dev" };

describe("a call says by whose key it comes", () => {
  test.each<[string, CallHeaders]>([
    ["the publishable key", { "X-API-Key": publishableKey }],
    ["the secret key", { "X-API-Key": inject("secretKey") }],
    ["project and environment, the older way", project],
    ["a key, whatever project stands beside it", { "X-Project-Id": "another", "X-Environment": "prod" }],
  ])("%s", async (_, headers) => {
    expect(await guest().get(articles, headers)).toMatchObject({ status: 200 });
  });

  test.each<[string, CallHeaders, number, string]>([
    ["nothing at all", { "X-API-Key": null }, 400, "common/missing-header"],
    ["a project without environment", { ...project, "X-Environment": null }, 400, "common/missing-header"],
    ["an environment without project", { ...project, "X-Project-Id": null }, 400, "common/missing-header"],
    ["an unknown publishable key", { "X-API-Key": `pk_${"0".repeat(64)}` }, 401, "common/invalid-api-key"],
    ["an unknown secret key", { "X-API-Key": `sk_${"0".repeat(64)}` }, 401, "common/invalid-api-key"],
    [
      "a key with another prefix",
      { "X-API-Key": publishableKey.replace("pk", "sk") },
      401,
      "common/invalid-api-key",
    ],
    ["a key in capitals", { "X-API-Key": publishableKey.toUpperCase() }, 401, "common/invalid-api-key"],
    ["the beginning of a key", { "X-API-Key": publishableKey.slice(0, -1) }, 401, "common/invalid-api-key"],
    ["a key and one letter more", { "X-API-Key": `${publishableKey}0` }, 401, "common/invalid-api-key"],
    ["a key of other letters", { "X-API-Key": "\u00e9".repeat(67) }, 401, "common/invalid-api-key"],
    ["an empty key", { "X-API-Key": "" }, 401, "common/invalid-api-key"],
    ["a bad key beside a good project", { ...project, "X-API-Key": "pk_" }, 401, "common/invalid-api-key"],
    ["another project", { ...project, "X-Project-Id": "another" }, 401, "common/invalid-project"],
    ["another environment", { ...project, "X-Environment": "prod" }, 401, "common/invalid-project"],
  ])("refused: %s", async (_, headers, status, code) => {
    expect(await guest().get(articles, headers)).toMatchObject({ status, code });
  });

  test("a key in the query is no key", async () => {
    const answer = await guest().get(`${articles}&X-API-Key=${publishableKey}`, { "X-API-Key": null });
    expect(answer).toMatchObject({ status: 400, code: "common/missing-header" });
  });

  test("the document of the API, and health, need no key", async () => {
    expect(await guest().get("/v1/openapi.json", { "X-API-Key": null })).toMatchObject({ status: 200 });
    for (const path of ["/health", "/health/ready"]) {
      expect((await fetch(inject("appUrl") + path)).status).toBe(200);
    }
  });

  test("nor does the readiness probe tell a stranger more than whether the server is ready", async () => {
    const response = await fetch(`${inject("appUrl")}/health/ready`);
    expect(await response.json()).toEqual({ status: "ready" });
  });
});

describe("a key alone", () => {
  test("the publishable one is a guest's: it reads what is published, and no more", async () => {
    const author = await newcomer();
    const draft = await writeArticle(author);
    const published = await writeArticle(author, { isPublished: true });

    expect(await guest().get(`/v1/data/articles/${published.id}`)).toMatchObject({ status: 200 });
    expect(await guest().get(`/v1/data/articles/${draft.id}`)).toMatchObject({
      status: 404,
      code: "data/not-found",
    });
  });

  test("a secret key acts as admin: it reads, changes and deletes the articles of all users", async () => {
    const draft = await writeArticle(await newcomer());
    const server = secretHolder();
    const path = `/v1/data/articles/${draft.id}`;

    expect(await server.get(path)).toMatchObject({ status: 200 });
    expect(await server.patch(path, { title: "Moderated" })).toMatchObject({
      status: 200,
      body: { title: "Moderated", createdBy: draft.createdBy },
    });
    expect(await server.delete(path)).toMatchObject({ status: 200, body: { success: true } });
    expect(await server.get(path)).toMatchObject({ status: 404, code: "data/not-found" });
  });

  test.each<[string, "GET" | "POST", string, unknown]>([
    ["ask who it is", "GET", "/v1/auth/me", undefined],
    ["sign out", "POST", "/v1/auth/signout", undefined],
    ["write an article", "POST", "/v1/data/articles", { title: "No author", content: "Text." }],
  ])("a secret key has no user, so it cannot %s", async (_, method, path, body) => {
    expect(await secretHolder().send(method, path, body)).toMatchObject({
      status: 401,
      code: "auth/unauthorized",
    });
  });

  test("a secret key with a bearer token acts as that user, with the rights of an admin", async () => {
    const author = await newcomer();
    const othersArticle = await writeArticle(await newcomer());
    const both = secretHolder().as(author.tokens.accessToken);

    const written = await both.post("/v1/data/articles", { title: "Mine", content: "Text." });
    expect(written).toMatchObject({ status: 201, body: { createdBy: author.id } });
    expect(await both.get("/v1/auth/me")).toMatchObject({ body: { id: author.id, role: "user" } });
    expect(await both.patch(`/v1/data/articles/${othersArticle.id}`, { title: "Mended" })).toMatchObject({
      status: 200,
      body: { title: "Mended", createdBy: othersArticle.createdBy },
    });
  });
});

describe("a bearer token", () => {
  test.each<[string, string]>([
    ["another scheme", "Basic YTpi"],
    ["no token", "Bearer"],
    ["blanks for a token", "Bearer   "],
    ["two tokens", "Bearer one two"],
    ["nothing", ""],
  ])("%s is no bearer token", async (_, Authorization) => {
    expect(await guest().get("/v1/auth/me", { Authorization })).toMatchObject({
      status: 401,
      code: "auth/unauthorized",
    });
  });

  test("the scheme is taken in any case", async () => {
    const { api, tokens, id } = await newcomer();
    const answer = await api.get("/v1/auth/me", { Authorization: `bEARER ${tokens.accessToken}` });
    expect(answer).toMatchObject({ status: 200, body: { id } });
  });

  test("a bad one is refused where guests may call, too", async () => {
    expect(await guest().as("nonsense").get(articles)).toMatchObject({
      status: 401,
      code: "auth/invalid-token",
    });
    const basic = await guest().get(articles, { Authorization: "Basic YTpi" });
    expect(basic).toMatchObject({ status: 401, code: "auth/unauthorized" });
  });

  test("it is not looked at where none is taken", async () => {
    const { email, password, tokens } = await newcomer();
    const confused = guest().as("nonsense");

    const signedIn = await confused.post("/v1/auth/email/signin", { method: "password", email, password });
    expect(signedIn).toMatchObject({ status: 200 });
    const refreshed = await confused.post("/v1/auth/refresh", { refreshToken: tokens.refreshToken });
    expect(refreshed).toMatchObject({ status: 200 });
    await expect(newcomer({}, confused)).resolves.toHaveProperty("tokens");
  });
});
