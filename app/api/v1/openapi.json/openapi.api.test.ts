import { describe, expect, inject, test } from "vitest";
import { type ApiDocument, undocumented } from "@/lib/testing/api-document";
import { guest } from "@/lib/testing/caller";
import { newUser, writeArticle } from "@/lib/testing/people";

// The test client checks every response against the document; these tests prove that the check can fail.

test("the OpenAPI document is served without an API key, with the URL of this server", async () => {
  const { status, body } = await guest().get<ApiDocument>("/v1/openapi.json", { "X-API-Key": null });
  expect(status).toBe(200);
  expect(body).toMatchObject({ openapi: "3.1.1", servers: [{ url: `${inject("appUrl")}/api` }] });
});

describe("a response that the document does not describe is detected", () => {
  const check = async (call: { method: string; path: string }, answer: { status: number; body: unknown }) => {
    const { body: document } = await guest().get<ApiDocument>("/v1/openapi.json");
    return undocumented(document, call, answer);
  };

  test("when a field is missing, or has another type or format", async () => {
    const { api } = await newUser();
    const me = { method: "GET", path: "/v1/auth/me" };
    const { status, body } = await api.get<Record<string, unknown>>(me.path);

    expect(await check(me, { status, body })).toEqual([]);
    for (const wrong of [{ email: undefined }, { emailVerified: "no" }, { role: "owner" }]) {
      const answer = JSON.parse(JSON.stringify({ ...body, ...wrong }));
      expect(await check(me, { status, body: answer })).not.toEqual([]);
    }
  });

  test("within a list, and for a path with a parameter", async () => {
    const { id } = await writeArticle(await newUser(), { isPublished: true });
    const one = { method: "GET", path: `/v1/data/articles/${id}` };
    const { body } = await guest().get<Record<string, unknown>>(one.path);
    expect(await check(one, { status: 200, body })).toEqual([]);
    expect(await check(one, { status: 200, body: { ...body, tags: "none" } })).not.toEqual([]);

    const pagination = { total: 1, page: 1, limit: 20, totalPages: 1, hasNext: false, hasPrev: false };
    const list = { method: "GET", path: "/v1/data/articles?limit=1" };
    expect(await check(list, { status: 200, body: { items: [body], pagination } })).toEqual([]);
    expect(await check(list, { status: 200, body: { items: [{ ...body, id: 1 }], pagination } })).not.toEqual(
      [],
    );
    expect(await check(list, { status: 200, body: { items: [], pagination: {} } })).not.toEqual([]);
  });

  test("when the endpoint does not document the status or the code", async () => {
    const signUp = { method: "POST", path: "/v1/auth/email/signup" };
    const error = (code: string) => ({ error: { code, message: "Words." } });
    expect(await check(signUp, { status: 409, body: error("auth/email-already-exists") })).toEqual([]);
    expect(await check(signUp, { status: 409, body: error("auth/already-verified") })).not.toEqual([]);
    expect(await check(signUp, { status: 409, body: "Conflict" })).not.toEqual([]);
    expect(await check(signUp, { status: 418, body: error("auth/teapot") })).not.toEqual([]);
  });
});
