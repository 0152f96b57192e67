import { randomInt, randomUUID } from "node:crypto";
import { decodeJwt, SignJWT } from "jose";
import { afterEach, beforeEach, describe, expect, inject, test, vi } from "vitest";
import { keyFor } from "@/lib/crypto/keys";
import {
  type BkendFetch,
  createBkendFetch,
  memoryTokens,
  type TokenPair,
  type TokenStore,
} from "./bkend-fetch";

const baseUrl = `${inject("appUrl")}/api`;
const apiKey = inject("publishableKey");
const password = "four wet boots by the door";

let email: string;
let pair: TokenPair;
let tokens: TokenStore;
let bkendFetch: BkendFetch;

// A newUser who has just signed up.
beforeEach(async () => {
  email = `${randomUUID()}@example.com`;
  tokens = memoryTokens();
  bkendFetch = openApp();
  pair = await bkendFetch<TokenPair>("/v1/auth/email/signup", {
    method: "POST",
    body: { method: "password", email, password, name: "홍길동" },
    headers: { "X-Forwarded-For": Array.from({ length: 4 }, () => randomInt(1, 255)).join(".") },
  });
  await tokens.set(pair);
});

afterEach(() => {
  vi.restoreAllMocks();
});

test("signs up, gets the current user, and writes an article that a guest can read", async () => {
  await expect(bkendFetch("/v1/auth/me")).resolves.toMatchObject({ email, name: "홍길동" });

  const { id } = await bkendFetch<{ id: string }>("/v1/data/articles", {
    method: "POST",
    body: { title: "여백", content: "A first line.", isPublished: true },
  });

  const asGuest = createBkendFetch({ baseUrl, apiKey, tokens: memoryTokens() });
  await expect(asGuest(`/v1/data/articles/${id}`)).resolves.toMatchObject({ title: "여백" });
});

// part: korean
test("an error carries the message of the API, in the requested language", async () => {
  const failed = bkendFetch("/v1/auth/email/signup", {
    method: "POST",
    body: { method: "password", email: "not-an-address", password, name: "홍길동" },
    headers: { "Accept-Language": "ko" },
  });

  await expect(failed).rejects.toMatchObject({
    status: 400,
    code: "auth/invalid-email",
    message: expect.stringMatching(/\p{Script=Hangul}/u),
    details: [{ path: "email", message: expect.any(String) }],
  });
});
// end of part: korean

test("keeps the session after a wrong password at sign-in", async () => {
  const before = await tokens.get();
  const calls = addressesCalled();

  const signIn = bkendFetch("/v1/auth/email/signin", {
    method: "POST",
    body: { method: "password", email, password: "not this one" },
  });

  await expect(signIn).rejects.toMatchObject({ status: 401, code: "auth/invalid-credentials" });
  expect(calls()).toEqual(["/api/v1/auth/email/signin"]);
  expect(await tokens.get()).toEqual(before);
});

describe.each([
  ["has expired", expired],
  ["is rejected", spoiled],
])("with an access token that %s", (_, made) => {
  beforeEach(async () => {
    await tokens.set({ ...pair, accessToken: await made(pair.accessToken) });
  });

  test("a call is sent once with new tokens, and the next one needs no refresh", async () => {
    const calls = addressesCalled();

    const { id } = await bkendFetch<{ id: string }>("/v1/data/articles", {
      method: "POST",
      body: { title: "Once", content: "And only once." },
    });
    await expect(bkendFetch(`/v1/data/articles/${id}`)).resolves.toMatchObject({ title: "Once" });

    expect(calls()).toEqual([
      "/api/v1/data/articles",
      "/api/v1/auth/refresh",
      "/api/v1/data/articles",
      `/api/v1/data/articles/${id}`,
    ]);
    const filters = encodeURIComponent(JSON.stringify({ title: "Once", isPublished: false }));
    const drafts = await bkendFetch(`/v1/data/articles?andFilters=${filters}`);
    expect(drafts).toMatchObject({ items: [{ id }] });
    expect(await tokens.get()).not.toMatchObject({ refreshToken: pair.refreshToken });
  });

  test("concurrent calls share one refresh", async () => {
    const calls = addressesCalled();

    const users = await Promise.all(Array.from({ length: 8 }, () => bkendFetch("/v1/auth/me")));

    for (const user of users) expect(user).toMatchObject({ email });
    expect(calls().filter((address) => address === "/api/v1/auth/refresh")).toHaveLength(1);
  });

  test("two tabs without a lock both continue, and the session stays valid", async () => {
    const users = await Promise.all([openApp()("/v1/auth/me"), openApp()("/v1/auth/me")]);
    for (const user of users) expect(user).toMatchObject({ email });

    const { accessToken, refreshToken } = (await tokens.get()) ?? pair;
    await tokens.set({ accessToken: await made(accessToken), refreshToken });
    await expect(bkendFetch("/v1/auth/me")).resolves.toMatchObject({ email });
  });

  test("signs out a user whose session was ended elsewhere, who continues as a guest", async () => {
    const elsewhere = createBkendFetch({ baseUrl, apiKey, tokens: memoryTokens(pair) });
    await elsewhere("/v1/auth/signout", { method: "POST" });

    const failures = await Promise.allSettled([bkendFetch("/v1/auth/me"), bkendFetch("/v1/auth/me")]);

    for (const failure of failures) {
      expect(failure).toMatchObject({ reason: { status: 401, code: "auth/invalid-refresh-token" } });
    }
    expect(await tokens.get()).toBeNull();
    await expect(bkendFetch("/v1/data/articles")).resolves.toHaveProperty("items");
  });
});

test("signs out a user whose access token belongs to an ended session", async () => {
  const elsewhere = createBkendFetch({ baseUrl, apiKey, tokens: memoryTokens(pair) });
  await elsewhere("/v1/auth/signout", { method: "POST" });

  await expect(bkendFetch("/v1/auth/me")).rejects.toMatchObject({ code: "auth/invalid-refresh-token" });

  expect(await tokens.get()).toBeNull();
});

/** Another tab of the same user: its own client on the same store. */
function openApp() {
  return createBkendFetch({ baseUrl, apiKey, tokens });
}

/** The same token, expired as in two hours. */
function expired(accessToken: string): Promise<string> {
  const { iat = 0, exp = 0, ...claims } = decodeJwt(accessToken);
  return new SignJWT({ ...claims, iat: iat - 7200, exp: exp - 7200 })
    .setProtectedHeader({ alg: "HS256", typ: "at+jwt" })
    .sign(keyFor("access-token"));
}

/** With another signature, so that the API rejects the token. */
function spoiled(accessToken: string) {
  return accessToken.replace(/[^.]+$/, (signature) => [...signature].reverse().join(""));
}

/** Records the URL of every later call to the API. */
function addressesCalled() {
  const fetchSpy = vi.spyOn(globalThis, "fetch");
  return () => fetchSpy.mock.calls.map(([address]) => new URL(String(address)).pathname);
}
