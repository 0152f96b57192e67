import { createHmac, randomBytes } from "node:crypto";
import { decodeJwt } from "jose";
import { beforeEach, describe, expect, test } from "vitest";
import type { TokenPair } from "@/lib/auth/sessions/contract";
import { issueRefreshToken } from "@/lib/auth/sessions/refresh-tokens";
import { keyFor } from "@/lib/crypto/keys";
import { eventsOf } from "@/lib/testing/app/app-log";
import { guest } from "@/lib/testing/caller";
import { queryDatabase } from "@/lib/testing/database/query-database";
import { newUser, type Person, signInAgain } from "@/lib/testing/people";

let person: Person;
let sessionId: string;

beforeEach(async () => {
  person = await newUser();
  sessionId = String(decodeJwt(person.tokens.accessToken).sid);
});

const refresh = (refreshToken: unknown, headers = {}) =>
  guest().post<TokenPair>("/v1/auth/refresh", { refreshToken }, headers);

/** Refreshes, and expects success. @returns the new refresh token. */
async function renew(refreshToken: string): Promise<string> {
  const { status, body } = await refresh(refreshToken);
  expect(status).toBe(200);
  return body.refreshToken;
}

const me = (accessToken: string) => guest().as(accessToken).get("/v1/auth/me");

const rejected = { status: 401, code: "auth/invalid-refresh-token" };

/** Simulates that time passes for the session: moves each of its timestamps into the past. */
const passTime = (time: string) =>
  queryDatabase(
    `UPDATE "Session"
        SET "createdAt" = "createdAt" - $2::interval, "refreshedAt" = "refreshedAt" - $2::interval,
            "lastActivityAt" = "lastActivityAt" - $2::interval, "expiresAt" = "expiresAt" - $2::interval,
            "endsAt" = "endsAt" - $2::interval
      WHERE id = $1`,
    sessionId,
    time,
  );

test("a refresh token is exchanged for new tokens of the same session", async () => {
  const { status, body } = await refresh(person.tokens.refreshToken);

  expect(status).toBe(200);
  expect(body).toStrictEqual({
    accessToken: expect.any(String),
    refreshToken: expect.any(String),
    tokenType: "Bearer",
    expiresIn: 3600,
  });
  expect(body.refreshToken).not.toBe(person.tokens.refreshToken);
  expect(body.accessToken).not.toBe(person.tokens.accessToken);
  expect(decodeJwt(body.accessToken)).toMatchObject({ sid: sessionId, sub: person.id });
  for (const token of [body.accessToken, person.tokens.accessToken])
    expect(await me(token)).toMatchObject({ status: 200 });
});

test("a refresh ignores an expired access token in the same request", async () => {
  const answer = await refresh(person.tokens.refreshToken, { Authorization: "Bearer expired" });
  expect(answer).toMatchObject({ status: 200 });
});

describe("a client that repeats a refresh with the token just rotated", () => {
  test("gets the same new token each time, and that one can be refreshed", async () => {
    const first = person.tokens.refreshToken;
    const second = await renew(first);
    expect(await renew(first)).toBe(second);
    expect(await renew(first)).toBe(second);

    const third = await renew(second);
    expect(third).not.toBe(second);
    expect(await renew(second)).toBe(third);
  });

  test("gets the same new token in parallel as well", async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => refresh(person.tokens.refreshToken)));
    for (const { status } of answers) expect(status).toBe(200);
    expect(new Set(answers.map(({ body }) => body.refreshToken)).size).toBe(1);
  });

  test("may do so for ten seconds; later it counts as theft", async () => {
    const first = person.tokens.refreshToken;
    const second = await renew(first);
    await passTime("5 seconds");
    expect(await renew(first)).toBe(second);

    await passTime("6 seconds");
    expect(await refresh(first)).toMatchObject(rejected);
    expect(await refresh(second)).toMatchObject(rejected);
  });
});

describe("a rotated refresh token that is reused after its successor", () => {
  test("ends the session permanently, is logged, and is reported to the user in one email", async () => {
    const first = person.tokens.refreshToken;
    const third = await renew(await renew(first));

    expect(await refresh(first, { "X-Request-Id": `theft-${sessionId}` })).toMatchObject(rejected);

    expect(await refresh(third)).toMatchObject(rejected);
    expect(await refresh(first)).toMatchObject(rejected);
    expect(await me(person.tokens.accessToken)).toMatchObject({ status: 401, code: "auth/invalid-token" });
    await expect
      .poll(() => eventsOf(`theft-${sessionId}`))
      .toContainEqual(
        expect.objectContaining({
          level: "warn",
          event: "auth.refresh-token-reused",
          userId: person.id,
          sessionId,
        }),
      );
    const mails = await queryDatabase(
      `SELECT template FROM "OutboxMail" WHERE "to" = $1 AND template = 'token-reused'`,
      person.email,
    );
    expect(mails).toHaveLength(1);
  });

  test("does not end the user's other sessions", async () => {
    const elsewhere = await signInAgain(person);
    const first = person.tokens.refreshToken;
    await renew(await renew(first));
    await refresh(first);

    expect(await me(elsewhere.accessToken)).toMatchObject({ status: 200 });
    await renew(elsewhere.refreshToken);
  });
});

describe("session expiry", () => {
  test("ends a session that was idle for 30 days", async () => {
    await passTime("29 days 23 hours");
    const { refreshToken } = (await refresh(person.tokens.refreshToken)).body;
    await passTime("29 days 23 hours");
    const next = await renew(refreshToken);
    await passTime("30 days 1 second");
    expect(await refresh(next)).toMatchObject(rejected);
  });

  test("ends a session after 90 days, however often it was refreshed", async () => {
    let { refreshToken } = person.tokens;
    for (let month = 0; month < 3; month++) {
      await passTime("29 days 23 hours");
      refreshToken = await renew(refreshToken);
    }
    const { accessToken } = (await refresh(refreshToken)).body;
    expect(await me(accessToken)).toMatchObject({ status: 200 });
    await passTime("4 hours 1 second");
    expect(await refresh(refreshToken)).toMatchObject(rejected);
    // The access token itself expires later.
    expect(await me(accessToken)).toMatchObject({ status: 401, code: "auth/invalid-token" });
  });

  test("does not treat an old token of an expired session as theft", async () => {
    await renew(person.tokens.refreshToken);
    await passTime("31 days");
    expect(await refresh(person.tokens.refreshToken)).toMatchObject(rejected);
    const mails = await queryDatabase(`SELECT template FROM "OutboxMail" WHERE "to" = $1`, person.email);
    expect(mails).toEqual([{ template: "verify-sign-up" }]);
  });
});

describe("a refresh token is rejected", () => {
  test("after sign-out", async () => {
    await person.api.post("/v1/auth/signout");
    expect(await refresh(person.tokens.refreshToken)).toMatchObject(rejected);
  });

  test("after a ban, with its own error code, and works again after an unban", async () => {
    await queryDatabase(`UPDATE "User" SET "bannedAt" = now() WHERE id = $1`, person.id);
    expect(await refresh(person.tokens.refreshToken)).toMatchObject({
      status: 403,
      code: "auth/account-banned",
    });
    await queryDatabase(`UPDATE "User" SET "bannedAt" = NULL WHERE id = $1`, person.id);
    await renew(person.tokens.refreshToken);
  });

  test("after its user was deleted", async () => {
    await queryDatabase(`DELETE FROM "User" WHERE id = $1`, person.id);
    expect(await refresh(person.tokens.refreshToken)).toMatchObject(rejected);
  });

  test.each<[string, (token: string) => string]>([
    ["when it is empty", () => ""],
    ["when it is nonsense", () => "nonsense"],
    ["when it is only the prefix", () => "rt_"],
    ["without the prefix", (token) => token.slice(3)],
    ["with an extra letter", (token) => `${token}A`],
    ["without its last letter", (token) => token.slice(0, -1)],
    ["with another last letter", (token) => token.replace(/.$/, (letter) => (letter === "A" ? "B" : "A"))],
    ["with padding", (token) => `${token}=`],
    ["with a leading space", (token) => ` ${token}`],
    ["in upper case", (token) => token.toUpperCase()],
    ["when it is the access token", () => person.tokens.accessToken],
    ["with an unknown session", () => issueRefreshToken({ sessionId: crypto.randomUUID(), counter: 0 })],
    ["with a future counter", () => issueRefreshToken({ sessionId, counter: 1 })],
    ["with the maximum counter", () => issueRefreshToken({ sessionId, counter: 2 ** 31 - 1 })],
    ["with a MAC by the access token key", () => signed({ key: keyFor("access-token") })],
    ["with a MAC by a random key", () => signed({ key: randomBytes(32) })],
    ["with another version", () => signed({ version: 2 })],
    ["with a NUL", (token) => `${token}\u0000`],
    ["with a lone surrogate", () => "rt_\ud800"],
    ["when it is 100 kB long", () => `rt_${"A".repeat(100_000)}`],
  ])("%s, and the session continues", async (_, make) => {
    expect(await refresh(make(person.tokens.refreshToken))).toMatchObject(rejected);
    await renew(person.tokens.refreshToken);
  });

  function signed({ key = keyFor("refresh-token"), version = 1 }: { key?: Buffer; version?: number }) {
    const claims = Buffer.from([version, ...Buffer.from(sessionId.replaceAll("-", ""), "hex"), 0, 0, 0, 0]);
    const mac = createHmac("sha256", key).update(claims).digest();
    return `rt_${Buffer.concat([claims, mac]).toString("base64url")}`;
  }

  test.each<[string, unknown]>([
    ["a query operator", { startsWith: "rt_" }],
    ["a list", ["rt_"]],
    ["a number", 1],
    ["null", null],
    ["undefined", undefined],
  ])("when it is not a string: %s", async (_, refreshToken) => {
    expect(await refresh(refreshToken)).toMatchObject({ status: 400, code: "common/validation-error" });
  });
});
