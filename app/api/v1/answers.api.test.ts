import { beforeAll, describe, expect, inject, test } from "vitest";
import { type Answer, guest } from "@/lib/testing/caller";
import { newUser, type Person } from "@/lib/testing/people";
import { sendRaw } from "@/lib/testing/raw-request";

const allowedHeaders =
  "Authorization, Content-Type, X-API-Key, X-Project-Id, X-Environment, Accept-Language, X-Request-Id";

let member: Person;

beforeAll(async () => {
  member = await newUser();
});

/** A response of each kind that the API has. */
const responses: [string, () => Promise<Answer>, number][] = [
  ["success", () => guest().get("/v1/data/articles?limit=1"), 200],
  ["a new record", () => member.api.post("/v1/data/articles", { title: "T", content: "C" }), 201],
  ["a private resource", () => member.api.get("/v1/auth/me"), 200],
  ["the OpenAPI document", () => guest().get("/v1/openapi.json"), 200],
  ["HEAD of a list", () => guest().send("HEAD", "/v1/data/articles?limit=1"), 200],
  ["a preflight", () => guest().send("OPTIONS", "/v1/auth/me"), 204],
  ["no API key", () => guest().get("/v1/auth/me", { "X-API-Key": null }), 400],
  ["an invalid body", () => guest().post("/v1/auth/email/signin", {}), 400],
  ["no token", () => guest().get("/v1/auth/me"), 401],
  ["no such record", () => guest().get("/v1/data/articles/none"), 404],
  ["no such route", () => guest().get("/v1/nowhere"), 404],
  ["no such table", () => guest().get("/v1/data/comments"), 404],
  ["no such method", () => guest().send("PUT", "/v1/auth/me"), 405],
  ["a body that is too large", () => guest().post("/v1/auth/email/signin", " ".repeat(2_000_000)), 413],
  [
    "a body that is not JSON",
    () => guest().post("/v1/auth/email/signin", "x", { "Content-Type": "text/plain" }),
    415,
  ],
];

describe.each(responses)("a response (%s)", (_, call, status) => {
  test("has the headers that every response has, and no header that it must not have", async () => {
    const answer = await call();
    expect(answer.status).toBe(status);

    const { headers } = answer;
    expect(headers.get("x-request-id")).toMatch(/^[A-Za-z0-9._-]{1,64}$/);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("access-control-allow-origin")).toBe("*");
    const exposed = headers.get("access-control-expose-headers")?.split(/, */);
    expect(exposed).toEqual(expect.arrayContaining(["X-Request-Id", "Retry-After"]));
    if (status !== 204) expect(headers.get("cache-control")).toBe("no-store");

    for (const name of ["x-powered-by", "set-cookie", "access-control-allow-credentials", "server"]) {
      expect(headers.get(name)).toBeNull();
    }
  });
});

describe("a request id", () => {
  test.each(["a", "3fa85f64-5717-4562-b3fc-2c963f66afa6", "A.b_c-9", "x".repeat(64)])(
    "is kept as the client sent it: %s",
    async (id) => {
      const { headers } = await guest().get("/v1/auth/me", { "X-Request-Id": id });
      expect(headers.get("x-request-id")).toBe(id);
    },
  );

  test.each([
    ["empty", ""],
    ["too long", "x".repeat(65)],
    ["with a space", "a b"],
    ["with markup", "<b>"],
    ["not ASCII", "\u00e9"],
  ])("is replaced by a new one when it is %s", async (_, id) => {
    const { headers } = await guest().get("/v1/auth/me", { "X-Request-Id": id });
    expect(headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("is different for each request", async () => {
    const [first, second] = await Promise.all([guest().get("/v1/auth/me"), guest().get("/v1/auth/me")]);
    expect(first.headers.get("x-request-id")).not.toBe(second.headers.get("x-request-id"));
  });

  test("is kept by a preflight too", async () => {
    const { headers } = await guest().send("OPTIONS", "/v1/auth/me", undefined, { "X-Request-Id": "mine" });
    expect(headers.get("x-request-id")).toBe("mine");
  });
});

describe("a preflight request", () => {
  test.each(["/v1/auth/email/signup", "/v1/data/articles", "/v1/data/articles/1", "/v1/nowhere"])(
    "for %s gets its response before the API key is checked",
    async (path) => {
      const { status, headers } = await guest().send("OPTIONS", path, undefined, {
        "X-API-Key": null,
        Origin: "https://app.example.com",
        "Access-Control-Request-Method": "PATCH",
        "Access-Control-Request-Headers": "authorization,x-api-key",
      });
      expect(status).toBe(204);
      expect(headers.get("access-control-allow-methods")).toBe("GET, POST, PATCH, PUT, DELETE");
      expect(headers.get("access-control-allow-headers")).toBe(allowedHeaders);
      expect(headers.get("access-control-max-age")).toBe("86400");
    },
  );
});

describe("a path", () => {
  test.each<[string, string, number, string]>([
    ["that does not exist", "/api/v1/nowhere", 404, "common/not-found"],
    ["outside any version", "/api/nowhere", 404, "common/not-found"],
    ["of the API itself", "/api", 404, "common/not-found"],
    ["of the API itself, with a slash", "/api/", 404, "common/not-found"],
    ["of the version", "/api/v1", 404, "common/not-found"],
    ["of another version", "/api/v2/auth/me", 404, "common/not-found"],
    ["below an endpoint", "/api/v1/auth/me/too", 404, "common/not-found"],
    ["in capitals", "/api/v1/auth/ME", 404, "common/not-found"],
    ["with dots", "/api/v1/auth/../me", 404, "common/not-found"],
    ["with escaped dots", "/api/v1/auth/%2e%2e/me", 404, "common/not-found"],
    ["with a NUL", "/api/v1/auth/me%00", 404, "common/not-found"],
    ["with a broken escape", "/api/v1/auth/%", 404, "common/not-found"],
    ["with an escape that is not UTF-8", "/api/v1/auth/%ff", 404, "common/not-found"],
    ["of another table", "/api/v1/data/comments", 404, "data/table-not-found"],
    ["of a record in another table", "/api/v1/data/comments/1", 404, "data/table-not-found"],
    ["of a table that the API does not expose", "/api/v1/data/User", 404, "data/table-not-found"],
    ["of a record with a NUL", "/api/v1/data/articles/%00", 404, "data/not-found"],
    ["of a record with a broken escape", "/api/v1/data/articles/%", 404, "data/not-found"],
    ["of a record with half a surrogate", "/api/v1/data/articles/%ed%a0%80", 404, "data/not-found"],
    ["of a record outside its table", "/api/v1/data/articles/..%2f..%2fx", 404, "data/not-found"],
    ["with a trailing slash", "/api/v1/auth/me/", 401, "auth/unauthorized"],
    ["with repeated slashes", "/api//v1//auth/me", 401, "auth/unauthorized"],
  ])("%s responds with the right status and headers", async (_, path, status, code) => {
    const answer = await sendRaw(inject("appUrl"), {
      path,
      headers: ["X-API-Key", inject("publishableKey")],
    });
    expect({ status: answer.status, code: JSON.parse(answer.text).error.code }).toEqual({ status, code });
    expect(answer.headers["www-authenticate"]).toBe(status === 401 ? "Bearer" : undefined);
    expect(answer.headers).toMatchObject({
      "access-control-allow-origin": "*",
      "x-request-id": expect.any(String),
    });
  });
});

describe("a request method", () => {
  test.each<[string, "GET" | "PUT" | "DELETE" | "POST" | "PATCH", string, string]>([
    ["GET on sign-up", "GET", "/v1/auth/email/signup", "POST, OPTIONS"],
    ["PUT on sign-in", "PUT", "/v1/auth/email/signin", "POST, OPTIONS"],
    ["POST on /me", "POST", "/v1/auth/me", "GET, HEAD, OPTIONS"],
    ["DELETE on the list", "DELETE", "/v1/data/articles", "GET, HEAD, POST, OPTIONS"],
    ["POST on an article", "POST", "/v1/data/articles/1", "GET, HEAD, PATCH, DELETE, OPTIONS"],
  ])("%s is not allowed, and the response lists the methods that are", async (_, method, path, allow) => {
    const answer = await guest().send(method, path, undefined, { "X-API-Key": null });
    expect(answer).toMatchObject({ status: 405, code: "common/method-not-allowed" });
    expect(answer.headers.get("allow")).toBe(allow);
  });

  test.each(["TRACE", "PROPFIND"])("%s is not allowed anywhere", async (method) => {
    const answer = await sendRaw(inject("appUrl"), { method, path: "/api/v1/auth/me" });
    expect(answer).toMatchObject({
      status: 405,
      headers: { allow: "GET, HEAD, OPTIONS", "access-control-allow-origin": "*" },
    });
    expect(JSON.parse(answer.text).error.code).toBe("common/method-not-allowed");
    expect(await sendRaw(inject("appUrl"), { method, path: "/api/v1/nowhere" })).toMatchObject({
      status: 404,
    });
  });

  test("HEAD on sign-up is not allowed either", async () => {
    const { status, headers } = await guest().send("HEAD", "/v1/auth/email/signup");
    expect(status).toBe(405);
    expect(headers.get("allow")).toBe("POST, OPTIONS");
  });

  test("HEAD gets the response of GET, without the body", async () => {
    expect(await member.api.send("HEAD", "/v1/auth/me")).toMatchObject({ status: 200, body: "" });
    expect(await guest().send("HEAD", "/v1/auth/me")).toMatchObject({ status: 401, body: "" });
    expect(await guest().send("HEAD", "/v1/data/articles/none")).toMatchObject({ status: 404, body: "" });
  });
});

test("the API ignores an unknown query parameter", async () => {
  expect(await guest().get("/v1/data/articles?limit=1&utm_source=mail")).toMatchObject({ status: 200 });
  expect(await member.api.get("/v1/auth/me?role=admin")).toMatchObject({
    status: 200,
    body: { role: "user" },
  });
});
