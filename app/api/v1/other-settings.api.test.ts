import { decodeJwt } from "jose";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { TokenPair } from "@/lib/auth/sessions/contract";
import { en } from "@/lib/i18n/messages/en";
import { startTestApp, type TestApp } from "@/lib/testing/app/start-test-app";
import { Caller } from "@/lib/testing/caller";
import { newEmail, newUser } from "@/lib/testing/people";
import { PlainBrowser } from "@/lib/testing/plain-browser";
import { freePort } from "@/lib/testing/servers/free-port";
import { startSocialProvider } from "@/lib/testing/servers/social-provider";

const allowedOrigin = "https://app.example.com";
const strongPassword = "Correct 5 horses!";
// part: social-sign-in
/** The port of the Google endpoints, on which no server listens at first. */
const providerPort = await freePort();
// end of part: social-sign-in
const project = { "X-Project-Id": "shop", "X-Environment": "prod" };

/** A second server, with nearly every setting different from the one of the other tests. */
const settings = {
  PROJECT_ID: project["X-Project-Id"],
  ENVIRONMENT: project["X-Environment"],
  ACCESS_TOKEN_TTL: "2",
  REFRESH_TOKEN_TTL: "3600",
  REFRESH_REUSE_INTERVAL: "0",
  PASSWORD_MIN_LENGTH: "10",
  PASSWORD_REQUIRE_UPPERCASE: "on",
  PASSWORD_REQUIRE_LOWERCASE: "on",
  PASSWORD_REQUIRE_NUMBER: "on",
  PASSWORD_REQUIRE_SPECIAL: "on",
  PASSWORD_BLOCK_COMMON: "on",
  MAGIC_LINK: "off",
  CORS_ORIGINS: `${allowedOrigin}, https://www.example.com`,
  CALLBACK_URL_ORIGINS: allowedOrigin,
  // part: social-sign-in
  AUTH_GOOGLE_ID: "id",
  AUTH_GOOGLE_SECRET: "secret",
  AUTH_GOOGLE_ISSUER: `http://127.0.0.1:${providerPort}`,
  // end of part: social-sign-in
  TRUSTED_PROXIES: "0",
};

let app: TestApp;
let visitor: Caller;

beforeAll(async () => {
  app = await startTestApp(settings);
  visitor = new Caller(project, app.url);
});

afterAll(async () => {
  await app?.stop();
});

test("a blog without articles asks a guest to sign in and write, but not a signed-in user", async () => {
  const browser = new PlainBrowser(app.url);
  const asGuest = await browser.read("/");
  expect(asGuest).toContain(en.timeline.empty);
  expect(asGuest).toContain(en.timeline.writeFirst);
  const user = await newUser({ password: strongPassword }, visitor);
  await browser.signIn(user);
  const signedIn = await browser.read("/");
  expect(signedIn).toContain(en.timeline.emptyTitle);
  expect(signedIn).not.toContain(en.timeline.empty);
  expect(signedIn).toContain(en.timeline.writeFirst);
});

describe("with CORS_ORIGINS", () => {
  test.each([
    ["an origin on the list may read every response", allowedOrigin, allowedOrigin],
    ["another origin on the list may too", "https://www.example.com", "https://www.example.com"],
    ["an origin that is not on the list may not", "https://evil.example", null],
    ["an origin with the same prefix may not", `${allowedOrigin}.evil.example`, null],
    ["the same host over http may not", "http://app.example.com", null],
    ["an opaque origin may not", "null", null],
  ])("%s", async (_, Origin, allowed) => {
    const answers = [
      await visitor.get("/v1/data/articles?limit=1", { Origin }),
      await visitor.get("/v1/auth/me", { Origin }),
      await visitor.get("/v1/nowhere", { Origin }),
      await visitor.send("PUT", "/v1/auth/me", undefined, { Origin }),
      await visitor.send("OPTIONS", "/v1/auth/me", undefined, { Origin }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 401, 404, 405, 204]);
    for (const { headers } of answers) {
      expect(headers.get("access-control-allow-origin")).toBe(allowed);
      expect(headers.get("vary")?.split(/, */)).toContain("Origin");
      expect(headers.get("access-control-allow-credentials")).toBeNull();
    }
  });
});

// part: social-sign-in
describe("a provider that is not configured", () => {
  const rejected = { status: 400, code: "auth/oauth-not-configured" };

  test("is rejected by every endpoint, with any credential", async () => {
    const browser = visitor.with({ "X-Project-Id": null, "X-Environment": null });
    expect(await browser.get("/v1/auth/github/authorize")).toMatchObject(rejected);
    expect(await browser.get(`/v1/auth/github/authorize?callbackUrl=${allowedOrigin}/`)).toMatchObject(
      rejected,
    );
    expect(await browser.get("/v1/auth/github/callback?code=c&state=s")).toMatchObject(rejected);
    const proof = { code: "c", redirectUri: "https://evil.example" };
    expect(await visitor.post("/v1/auth/github/callback", proof)).toMatchObject(rejected);
    expect(await visitor.post("/v1/auth/github/callback", { token: "t" })).toMatchObject(rejected);
    const { api } = await newUser({ password: strongPassword }, visitor);
    expect(await api.post("/v1/auth/accounts", { provider: "github", ...proof })).toMatchObject(rejected);
  });
});

test("an unavailable provider is reported to the callbackUrl, and works again once it is available", async () => {
  const callbackUrl = `${allowedOrigin}/welcome`;
  const begin = () => visitor.get(`/v1/auth/google/authorize?${new URLSearchParams({ callbackUrl })}`);
  const failed = { status: 500, code: "auth/oauth-callback-failed" };

  const unavailable = await begin();
  expect(unavailable.status).toBe(302);
  expect(unavailable.headers.get("location")).toBe(`${callbackUrl}?error=auth%2Foauth-callback-failed`);
  expect(unavailable.headers.getSetCookie()).toEqual([]);
  const code = { code: "c", redirectUri: callbackUrl };
  expect(await visitor.post("/v1/auth/google/callback", code)).toMatchObject(failed);
  expect(await visitor.post("/v1/auth/google/callback", { idToken: "a.b.c" })).toMatchObject(failed);

  const provider = await startSocialProvider(providerPort);
  try {
    const available = await begin();
    expect(available.headers.get("location")).toMatch(`${provider.url}/authorize?`);
  } finally {
    await provider.stop();
  }
});
// end of part: social-sign-in

describe("with REFRESH_REUSE_INTERVAL=0", () => {
  test("a refresh token that is reused at once counts as theft", async () => {
    const { tokens } = await newUser({ password: strongPassword }, visitor);
    const refresh = (refreshToken: string) => visitor.post<TokenPair>("/v1/auth/refresh", { refreshToken });

    const { status, body } = await refresh(tokens.refreshToken);
    expect(status).toBe(200);
    for (const token of [tokens.refreshToken, body.refreshToken]) {
      expect(await refresh(token)).toMatchObject({ status: 401, code: "auth/invalid-refresh-token" });
    }
  });
});

describe("with ACCESS_TOKEN_TTL=2", () => {
  test("an access token is valid for two seconds, as its response says", async () => {
    const { api, tokens } = await newUser({ password: strongPassword }, visitor);
    expect(tokens.expiresIn).toBe(2);
    const { iat = 0, exp, aud } = decodeJwt(tokens.accessToken);
    expect({ exp, aud }).toEqual({ exp: iat + 2, aud: "shop" });

    await expect
      .poll(() => api.get("/v1/auth/me"))
      .toMatchObject({
        status: 401,
        code: "auth/token-expired",
      });
    const { refreshToken } = tokens;
    expect(await visitor.post("/v1/auth/refresh", { refreshToken })).toMatchObject({ status: 200 });
  });
});

describe("with a password policy", () => {
  test.each([
    ["all kinds of characters", strongPassword, 201],
    ["all kinds of characters, in other scripts", "Ärger 五 und ५ößen", 201],
    ["one character less than the minimum", "Abcdef 1!", 400],
    ["no upper-case letter", "correct 5 horses!", 400],
    ["no lower-case letter", "CORRECT 5 HORSES!", 400],
    ["no digit", "Correct horses!", 400],
    ["no special character", "Correct5horses", 400],
  ])("a new password with %s is accepted or rejected as expected", async (_, password, status) => {
    const email = newEmail();
    const answer = await visitor.post("/v1/auth/email/signup", {
      method: "password",
      email,
      password,
      name: "N",
    });
    expect(answer.status).toBe(status);
    if (status !== 400) return;
    expect(answer).toMatchObject({
      code: "auth/invalid-password-format",
      body: { error: { details: [{ path: "password", message: expect.any(String) }] } },
    });
  });
});

// part: social-sign-in
test("with MAGIC_LINK=off, a verified email address is not a sign-in method", async () => {
  const { id, api } = await newUser({ password: strongPassword }, visitor);
  const client = new Client({ connectionString: app.database.url });
  await client.connect();
  await client.query(`UPDATE "User" SET "emailVerified" = now() WHERE id = $1`, [id]);
  await client.end();
  expect(await api.delete("/v1/auth/accounts/email")).toMatchObject({
    status: 400,
    code: "auth/cannot-unlink-last-account",
  });
});
// end of part: social-sign-in

test("with PROJECT_ID and ENVIRONMENT set, any other values are rejected", async () => {
  const path = "/v1/data/articles?limit=1";
  expect(await visitor.get(path)).toMatchObject({ status: 200 });
  for (const other of [{ "X-Project-Id": "blog" }, { "X-Environment": "dev" }]) {
    expect(await visitor.get(path, other)).toMatchObject({ status: 401, code: "common/invalid-project" });
  }
});

// Last, as it reaches the rate limit of this machine's own IP address.
describe("with MAGIC_LINK=off", () => {
  const email = newEmail();

  test.each([
    ["signin", { method: "magiclink", email, callbackUrl: `${allowedOrigin}/welcome` }],
    ["signup", { method: "magiclink", email, callbackUrl: `${allowedOrigin}/welcome` }],
    ["callback", { token: "a-token" }],
  ])("the API rejects sign-in links at %s", async (path, body) => {
    const answer = await visitor.post(`/v1/auth/email/${path}`, body);
    expect(answer).toMatchObject({ status: 400, code: "auth/magiclink-disabled" });
  });

  test("pages do not offer sign-in links, and say that they are turned off", async () => {
    const browser = new PlainBrowser(app.url);
    for (const path of ["/signin", "/signup"]) expect(await browser.read(path)).not.toContain("/magic-link");
    expect(await browser.read("/magic-link?token=a-token")).toContain("Sign-in links are turned off");
  });
});

test("without a trusted proxy, X-Forwarded-For does not change the client's IP address", async () => {
  const statuses = new Set<number>();
  for (let times = 0; times < 21; times++) {
    const from = { "X-Forwarded-For": `203.0.113.${times}`, "X-Connection-Address": `203.0.113.${times}` };
    statuses.add((await visitor.post("/v1/auth/email/signup", {}, from)).status);
  }
  expect(statuses).toEqual(new Set([400, 429]));
});
