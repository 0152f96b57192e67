import { describe, expect, inject, test } from "vitest";
import { type CallHeaders, guest, withSecretKey } from "@/lib/testing/caller";
import { newUser, writeArticle } from "@/lib/testing/people";

const articles = "/v1/data/articles?limit=1";
const publishableKey = inject("publishableKey");
const project = { "X-API-Key": null, "X-Project-Id": "blog", "X-Environment": "dev" };

describe("identification by API key", () => {
  test.each<[string, CallHeaders]>([
    ["the publishable key", { "X-API-Key": publishableKey }],
    ["the secret key", { "X-API-Key": inject("secretKey") }],
    ["project and environment headers, the legacy way", project],
    ["a key, regardless of the project headers", { "X-Project-Id": "another", "X-Environment": "prod" }],
  ])("accepts %s", async (_, headers) => {
    expect(await guest().get(articles, headers)).toMatchObject({ status: 200 });
  });

  test.each<[string, CallHeaders, number, string]>([
    ["no key", { "X-API-Key": null }, 400, "common/missing-header"],
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
    [
      "a key without its last character",
      { "X-API-Key": publishableKey.slice(0, -1) },
      401,
      "common/invalid-api-key",
    ],
    ["a key with an extra character", { "X-API-Key": `${publishableKey}0` }, 401, "common/invalid-api-key"],
    ["a key that is not ASCII", { "X-API-Key": "\u00e9".repeat(67) }, 401, "common/invalid-api-key"],
    ["an empty key", { "X-API-Key": "" }, 401, "common/invalid-api-key"],
    [
      "an invalid key with valid project headers",
      { ...project, "X-API-Key": "pk_" },
      401,
      "common/invalid-api-key",
    ],
    ["another project", { ...project, "X-Project-Id": "another" }, 401, "common/invalid-project"],
    ["another environment", { ...project, "X-Environment": "prod" }, 401, "common/invalid-project"],
  ])("rejects %s", async (_, headers, status, code) => {
    expect(await guest().get(articles, headers)).toMatchObject({ status, code });
  });

  test("ignores a key in the query string", async () => {
    const answer = await guest().get(`${articles}&X-API-Key=${publishableKey}`, { "X-API-Key": null });
    expect(answer).toMatchObject({ status: 400, code: "common/missing-header" });
  });

  test("is not needed for the OpenAPI document and the health checks", async () => {
    expect(await guest().get("/v1/openapi.json", { "X-API-Key": null })).toMatchObject({ status: 200 });
    for (const path of ["/health", "/health/ready"]) {
      expect((await fetch(inject("appUrl") + path)).status).toBe(200);
    }
  });

  test("is not needed for the readiness probe, which reveals only whether the server is ready", async () => {
    const response = await fetch(`${inject("appUrl")}/health/ready`);
    expect(await response.json()).toEqual({ status: "ready" });
  });
});

describe("an API key", () => {
  test("that is publishable acts as a guest: it can only read published content", async () => {
    const author = await newUser();
    const draft = await writeArticle(author);
    const published = await writeArticle(author, { isPublished: true });

    expect(await guest().get(`/v1/data/articles/${published.id}`)).toMatchObject({ status: 200 });
    expect(await guest().get(`/v1/data/articles/${draft.id}`)).toMatchObject({
      status: 404,
      code: "data/not-found",
    });
  });

  test("that is secret acts as an admin: it reads, changes and deletes the articles of all users", async () => {
    const draft = await writeArticle(await newUser());
    const server = withSecretKey();
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
    ["get /me", "GET", "/v1/auth/me", undefined],
    ["sign out", "POST", "/v1/auth/signout", undefined],
    ["write an article", "POST", "/v1/data/articles", { title: "No author", content: "Text." }],
  ])("that is secret has no user, so it cannot %s", async (_, method, path, body) => {
    expect(await withSecretKey().send(method, path, body)).toMatchObject({
      status: 401,
      code: "auth/unauthorized",
    });
  });

  test("that is secret acts, with a bearer token, as that user with the rights of an admin", async () => {
    const author = await newUser();
    const othersArticle = await writeArticle(await newUser());
    const both = withSecretKey().as(author.tokens.accessToken);

    const written = await both.post("/v1/data/articles", { title: "Mine", content: "Text." });
    expect(written).toMatchObject({ status: 201, body: { createdBy: author.id } });
    expect(await both.get("/v1/auth/me")).toMatchObject({ body: { id: author.id, role: "user" } });
    expect(await both.patch(`/v1/data/articles/${othersArticle.id}`, { title: "Mended" })).toMatchObject({
      status: 200,
      body: { title: "Mended", createdBy: othersArticle.createdBy },
    });
  });
});

describe("the Authorization header", () => {
  test.each<[string, string]>([
    ["another scheme", "Basic YTpi"],
    ["no token", "Bearer"],
    ["whitespace as the token", "Bearer   "],
    ["two tokens", "Bearer one two"],
    ["no value", ""],
  ])("is rejected with %s", async (_, Authorization) => {
    expect(await guest().get("/v1/auth/me", { Authorization })).toMatchObject({
      status: 401,
      code: "auth/unauthorized",
    });
  });

  test("has a case-insensitive scheme", async () => {
    const { api, tokens, id } = await newUser();
    const answer = await api.get("/v1/auth/me", { Authorization: `bEARER ${tokens.accessToken}` });
    expect(answer).toMatchObject({ status: 200, body: { id } });
  });

  test("is rejected if invalid, even where guests are allowed", async () => {
    expect(await guest().as("nonsense").get(articles)).toMatchObject({
      status: 401,
      code: "auth/invalid-token",
    });
    const basic = await guest().get(articles, { Authorization: "Basic YTpi" });
    expect(basic).toMatchObject({ status: 401, code: "auth/unauthorized" });
  });

  test("is ignored by endpoints that accept none", async () => {
    const { email, password, tokens } = await newUser();
    const confused = guest().as("nonsense");

    const signedIn = await confused.post("/v1/auth/email/signin", { method: "password", email, password });
    expect(signedIn).toMatchObject({ status: 200 });
    const refreshed = await confused.post("/v1/auth/refresh", { refreshToken: tokens.refreshToken });
    expect(refreshed).toMatchObject({ status: 200 });
    await expect(newUser({}, confused)).resolves.toHaveProperty("tokens");
  });
});
