import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import {
  base64url,
  CompactSign,
  decodeJwt,
  decodeProtectedHeader,
  exportJWK,
  generateKeyPair,
  type JWTPayload,
  type KeyObject,
} from "jose";
import { encode } from "next-auth/jwt";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { type KeyPurpose, keyFor } from "@/lib/crypto/keys";
import { guest } from "@/lib/testing/caller";
import { queryDatabase } from "@/lib/testing/database/query-database";
import { newUser, type Person, signInAgain } from "@/lib/testing/people";
import { sendRaw } from "@/lib/testing/raw-request";

const ourKey = keyFor("access-token");
const ourHeader = { alg: "HS256", typ: "at+jwt" };
const now = () => Math.floor(Date.now() / 1000);

let person: Person;
let claims: JWTPayload;

beforeAll(async () => {
  person = await newUser();
  claims = decodeJwt(person.tokens.accessToken);
});

const me = (accessToken: string) => guest().as(accessToken).get("/v1/auth/me");

/** Signs any payload, as an attacker with the key could. */
function forge(
  payload: object,
  header: object = ourHeader,
  key: Uint8Array | CryptoKey | KeyObject = ourKey,
) {
  return new CompactSign(new TextEncoder().encode(JSON.stringify(payload)))
    .setProtectedHeader({ ...ourHeader, ...header })
    .sign(key);
}

const part = (value: object) => base64url.encode(JSON.stringify(value));

describe("an access token", () => {
  test("contains only ids: no email address, name or role", async () => {
    const { accessToken } = person.tokens;
    expect(decodeProtectedHeader(accessToken)).toStrictEqual(ourHeader);
    expect(claims).toStrictEqual({
      iss: inject("appUrl"),
      aud: "blog",
      sub: person.id,
      sid: expect.stringMatching(/^[0-9a-f-]{36}$/),
      iat: expect.any(Number),
      exp: (claims.iat ?? 0) + 3600,
      jti: expect.any(String),
    });
    const text = JSON.stringify(claims);
    for (const personal of [person.email, person.name]) expect(text).not.toContain(personal);
  });

  test("is different each time", async () => {
    const tokens = [person.tokens, await signInAgain(person), await signInAgain(person)];
    expect(new Set(tokens.map(({ accessToken }) => decodeJwt(accessToken).jti)).size).toBe(3);
  });

  test("forged with the right key and claims is accepted, so the rejections below have another reason", async () => {
    expect(await me(await forge(claims))).toMatchObject({ status: 200, body: { id: person.id } });
  });
});

describe("an access token is rejected", () => {
  test.each<[string, () => Promise<string> | string]>([
    ["without a signature", () => `${part({ alg: "none", typ: "at+jwt" })}.${part(claims)}.`],
    ["with the algorithm none, signed", () => forgedHeader({ alg: "none" })],
    ["with the algorithm None, signed", () => forgedHeader({ alg: "None" })],
    ["signed with HS512", () => forge(claims, { alg: "HS512" }, new Uint8Array(randomBytes(64)))],
    [
      "signed with HS512 and our key",
      () => forge(claims, { alg: "HS512" }, new Uint8Array(Buffer.concat([ourKey, ourKey]))),
    ],
    [
      "signed with RS256",
      async () => forge(claims, { alg: "RS256" }, (await generateKeyPair("RS256")).privateKey),
    ],
    ["signed with another key", () => forge(claims, {}, randomBytes(32))],
    ["signed with an empty key", () => forgedBy(Buffer.alloc(32))],
    ["signed with the key for refresh tokens", () => forgedFor("refresh-token")],
    ["signed with the key for email tokens", () => forgedFor("email-token")],
    ["signed with the key for the session cookie", () => forgedFor("web-session")],
    [
      "signed with AUTH_SECRET itself",
      () => forge(claims, {}, new TextEncoder().encode(process.env.AUTH_SECRET)),
    ],
    ["with critical extensions", () => forgedHeader({ crit: ["exp"], exp: 1 })],
    ["with a file path as its key id", () => forge(claims, { kid: "../../dev/null" }, randomBytes(32))],
    ["with SQL as its key id", () => forge(claims, { kid: "x' UNION SELECT 'key" }, randomBytes(32))],
    [
      "with edited claims",
      () => edited((payload) => ({ ...payload, sub: "01900000-0000-7000-8000-000000000000" })),
    ],
    ["with a later expiry", () => edited((payload) => ({ ...payload, exp: now() + 7200 }))],
    ["without an expiry", () => forge({ ...claims, exp: undefined })],
    ["with a string as its expiry", () => forge({ ...claims, exp: String(claims.exp) })],
    ["with an expiry of 1e308", () => forge({ ...claims, exp: 1e308 })],
    ["with an expiry beyond what we issue", () => forge({ ...claims, exp: now() + 90_000 })],
    ["with a null expiry", () => forge({ ...claims, exp: null })],
    ["when it is not valid yet", () => forge({ ...claims, nbf: now() + 600 })],
    ["without a time of issue", () => forge({ ...claims, iat: undefined })],
    ["of another issuer", () => forge({ ...claims, iss: "https://evil.example" })],
    ["of several issuers", () => forge({ ...claims, iss: [claims.iss] })],
    ["for another audience", () => forge({ ...claims, aud: "another" })],
    ["for no audience", () => forge({ ...claims, aud: undefined })],
    ["of another type", () => forge(claims, { typ: "JWT" })],
    ["of no type", () => forge(claims, { typ: undefined })],
    ["without a subject", () => forge({ ...claims, sub: undefined })],
    ["with a number as its subject", () => forge({ ...claims, sub: 1 })],
    ["without a session", () => forge({ ...claims, sid: undefined })],
    ["with SQL as its session id", () => forge({ ...claims, sid: "' OR true --" })],
    ["with an unknown session", () => forge({ ...claims, sid: crypto.randomUUID() })],
    [
      "with the session of another user",
      async () => forge({ ...claims, sid: decodeJwt((await newUser()).tokens.accessToken).sid }),
    ],
    ["without an id", () => forge({ ...claims, jti: undefined })],
    ["when its payload is not an object", () => forge([])],
    ["when it is a refresh token", () => person.tokens.refreshToken],
    ["when it is an email token", () => randomBytes(32).toString("base64url")],
    ["when it is the session cookie", siteCookie],
    ["when it is a publishable key", () => inject("publishableKey")],
    ["when it is a percent sign", () => "%"],
    ["when it is dots", () => ".."],
    ["when it is a long string", () => "a".repeat(10_000)],
    ["when it is not ASCII", () => "\u00e9\u00e8"],
  ])("%s", async (_, made) => {
    expect(await me(await made())).toMatchObject({ status: 401, code: "auth/invalid-token" });
  });

  /** Signs a header that no library would sign: the signature is valid, the header is not. */
  async function forgedHeader(header: object) {
    return forgedBy(ourKey, header);
  }

  async function forgedBy(key: Buffer, header: object = {}) {
    const signed = `${part({ ...ourHeader, ...header })}.${part(claims)}`;
    const hmacKey = await crypto.subtle.importKey(
      "raw",
      new Uint8Array(key),
      { name: "HMAC", hash: "SHA-256" },
      false,
      ["sign"],
    );
    const signature = await crypto.subtle.sign("HMAC", hmacKey, new TextEncoder().encode(signed));
    return `${signed}.${base64url.encode(new Uint8Array(signature))}`;
  }

  const forgedFor = (purpose: KeyPurpose) => forge(claims, {}, keyFor(purpose));

  function edited(edit: (payload: JWTPayload) => object) {
    const [header, , signature] = person.tokens.accessToken.split(".");
    return `${header}.${part(edit(claims))}.${signature}`;
  }

  function siteCookie() {
    const secret = keyFor("web-session").toString("base64url");
    const token = { userId: claims.sub, sessionId: claims.sid, accessToken: person.tokens.accessToken };
    return encode({ token, secret, salt: "authjs.session-token" });
  }
});

test("a key or key URL in the header of an access token is ignored", async () => {
  let visits = 0;
  const keyServer = createServer((_, response) => {
    visits += 1;
    response.end("{}");
  }).listen(0, "127.0.0.1");
  await new Promise((listening) => keyServer.once("listening", listening));
  const url = `http://127.0.0.1:${(keyServer.address() as AddressInfo).port}/keys`;

  const { privateKey, publicKey } = await generateKeyPair("RS256");
  const jwk = await exportJWK(publicKey);
  for (const header of [{ jku: url }, { x5u: url }, { jwk }, { jku: url, jwk, kid: url }]) {
    const tokens = [
      await forge(claims, { ...header, alg: "RS256" }, privateKey),
      await forge(claims, header, randomBytes(32)),
    ];
    for (const token of tokens)
      expect(await me(token)).toMatchObject({ status: 401, code: "auth/invalid-token" });
  }
  expect(visits).toBe(0);
  await new Promise((closed) => keyServer.close(closed));
});

test("an access token with any other last character is rejected", async () => {
  const { accessToken } = person.tokens;
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=";
  const others = [...alphabet].filter((letter) => !accessToken.endsWith(letter));
  const answers = await Promise.all(others.map((letter) => me(accessToken.slice(0, -1) + letter)));
  expect(answers.filter(({ code }) => code !== "auth/invalid-token")).toEqual([]);
});

test("an expired access token gets its own error code, if its signature is valid", async () => {
  const past = { iat: now() - 7200, exp: now() - 3600 };
  expect(await me(await forge({ ...claims, ...past }))).toMatchObject({
    status: 401,
    code: "auth/token-expired",
  });
  expect(await me(await forge({ ...claims, ...past }, {}, randomBytes(32)))).toMatchObject({
    status: 401,
    code: "auth/invalid-token",
  });
});

describe("an access token is not accepted", () => {
  test("from the query or the body", async () => {
    const { accessToken } = person.tokens;
    for (const name of ["access_token", "accessToken", "token", "authorization"]) {
      const answer = await guest().get(`/v1/auth/me?${name}=${accessToken}`);
      expect(answer).toMatchObject({ status: 401, code: "auth/unauthorized" });
    }
    const body = { title: "T", content: "C", access_token: accessToken };
    expect(await guest().post("/v1/data/articles", body)).toMatchObject({
      status: 401,
      code: "auth/unauthorized",
    });
  });

  test("from a cookie", async () => {
    const { accessToken } = person.tokens;
    const answer = await guest().get("/v1/auth/me", {
      Cookie: `authjs.session-token=${accessToken}; token=${accessToken}`,
    });
    expect(answer).toMatchObject({ status: 401, code: "auth/unauthorized" });
  });

  test("from two headers at once", async () => {
    const good = `Bearer ${person.tokens.accessToken}`;
    for (const pair of [
      [good, good],
      [good, "Bearer x"],
      ["Bearer x", good],
    ]) {
      const answer = await sendRaw(inject("appUrl"), {
        path: "/api/v1/auth/me",
        headers: [
          "X-API-Key",
          inject("publishableKey"),
          ...pair.flatMap((value) => ["Authorization", value]),
        ],
      });
      expect({ status: answer.status, ...JSON.parse(answer.text).error }).toMatchObject({
        status: 401,
        code: "auth/unauthorized",
      });
    }
  });

  test("from a header longer than the server's limit", async () => {
    const answer = await sendRaw(inject("appUrl"), {
      path: "/api/v1/auth/me",
      headers: ["X-API-Key", inject("publishableKey"), "Authorization", `Bearer ${"a".repeat(20_000)}`],
    });
    expect(answer.status).toBe(431);
  });

  test("from a header of a megabyte, which closes only the connection of its sender", async () => {
    const status = await sendRaw(inject("appUrl"), {
      path: "/api/v1/auth/me",
      headers: ["X-API-Key", inject("publishableKey"), "Authorization", `Bearer ${"a".repeat(1_000_000)}`],
    }).then(
      (answer) => answer.status,
      // The server closes the connection after its 431; a client that is still writing may never read it.
      (error: NodeJS.ErrnoException) => error.code,
    );
    expect([431, "ECONNRESET", "EPIPE"]).toContain(status);
    expect(await me(person.tokens.accessToken)).toMatchObject({ status: 200 });
  });
});

describe("a valid access token is rejected at the next request", () => {
  test.each<[string, (person: Person) => Promise<unknown>, number, string]>([
    ["after sign-out", ({ api }) => api.post("/v1/auth/signout"), 401, "auth/invalid-token"],
    [
      "after its session was ended",
      ({ id }) => queryDatabase(`UPDATE "Session" SET "endedAt" = now() WHERE "userId" = $1`, id),
      401,
      "auth/invalid-token",
    ],
    [
      "after its user was deleted",
      ({ id }) => queryDatabase(`DELETE FROM "User" WHERE id = $1`, id),
      401,
      "auth/invalid-token",
    ],
    [
      "after its user was banned",
      ({ id }) => queryDatabase(`UPDATE "User" SET "bannedAt" = now() WHERE id = $1`, id),
      403,
      "auth/account-banned",
    ],
  ])("%s, and so is another token of the session", async (_, end, status, code) => {
    const user = await newUser();
    const { accessToken } = user.tokens;
    const sibling = await forge({ ...decodeJwt(accessToken), jti: "another" });
    for (const token of [accessToken, sibling]) expect(await me(token)).toMatchObject({ status: 200 });

    await end(user);

    for (const token of [accessToken, sibling]) expect(await me(token)).toMatchObject({ status, code });
    const asReader = guest().as(accessToken);
    expect(await asReader.get("/v1/data/articles?limit=1")).toMatchObject({ status, code });
    expect(await asReader.post("/v1/data/articles", { title: "T", content: "C" })).toMatchObject({
      status,
      code,
    });
  });
});
