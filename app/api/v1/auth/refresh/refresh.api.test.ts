import { createHmac, randomBytes } from "node:crypto";
import { decodeJwt } from "jose";
import { beforeEach, describe, expect, test } from "vitest";
import type { TokenPair } from "@/lib/auth/sessions/contract";
import { issueRefreshToken } from "@/lib/auth/sessions/refresh-tokens";
import { keyFor } from "@/lib/crypto/keys";
import { eventsOf } from "@/lib/testing/app/app-log";
import { guest } from "@/lib/testing/caller";
import { queryDatabase } from "@/lib/testing/database/query-database";
import { newcomer, type Person, signInAgain } from "@/lib/testing/people";

let person: Person;
let sessionId: string;

beforeEach(async () => {
  person = await newcomer();
  sessionId = String(decodeJwt(person.tokens.accessToken).sid);
});

const refresh = (refreshToken: unknown, headers = {}) =>
  guest().post<TokenPair>("/v1/auth/refresh", { refreshToken }, headers);

/** Refreshes where that must work. */
async function renew(refreshToken: string): Promise<string> {
  const { status, body } = await refresh(refreshToken);
  expect(status).toBe(200);
  return body.refreshToken;
}

const me = (accessToken: string) => guest().as(accessToken).get("/v1/auth/me");

const refused = { status: 401, code: "auth/invalid-refresh-token" };

/** Lets time pass for the session: each of its times moves into the past. */
const waitFor = (time: string) =>
  queryDatabase(
    `UPDATE "Session"
        SET "createdAt" = "createdAt" - $2::interval, "refreshedAt" = "refreshedAt" - $2::interval,
            "lastActivityAt" = "lastActivityAt" - $2::interval, "expiresAt" = "expiresAt" - $2::interval,
            "endsAt" = "endsAt" - $2::interval
      WHERE id = $1`,
    sessionId,
    time,
  );

test("a refresh token is traded for new tokens of the same session", async () => {
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

test("an expired access token beside it does no harm", async () => {
  const answer = await refresh(person.tokens.refreshToken, { Authorization: "Bearer expired" });
  expect(answer).toMatchObject({ status: 200 });
});

describe("a client that asks again with the token just rotated", () => {
  test("gets the very same new one, as often as it asks, and that works once more", async () => {
    const first = person.tokens.refreshToken;
    const second = await renew(first);
    expect(await renew(first)).toBe(second);
    expect(await renew(first)).toBe(second);

    const third = await renew(second);
    expect(third).not.toBe(second);
    expect(await renew(second)).toBe(third);
  });

  test("gets it in parallel as well", async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => refresh(person.tokens.refreshToken)));
    for (const { status } of answers) expect(status).toBe(200);
    expect(new Set(answers.map(({ body }) => body.refreshToken)).size).toBe(1);
  });

  test("has ten seconds for it; later it is taken for a thief", async () => {
    const first = person.tokens.refreshToken;
    const second = await renew(first);
    await waitFor("5 seconds");
    expect(await renew(first)).toBe(second);

    await waitFor("6 seconds");
    expect(await refresh(first)).toMatchObject(refused);
    expect(await refresh(second)).toMatchObject(refused);
  });
});

describe("a rotated token that comes back after its successor was used", () => {
  test("ends the session for good, notes it, and tells the user by one mail", async () => {
    const first = person.tokens.refreshToken;
    const third = await renew(await renew(first));

    expect(await refresh(first, { "X-Request-Id": `theft-${sessionId}` })).toMatchObject(refused);

    expect(await refresh(third)).toMatchObject(refused);
    expect(await refresh(first)).toMatchObject(refused);
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

  test("leaves the other sessions of the same person alone", async () => {
    const elsewhere = await signInAgain(person);
    const first = person.tokens.refreshToken;
    await renew(await renew(first));
    await refresh(first);

    expect(await me(elsewhere.accessToken)).toMatchObject({ status: 200 });
    await renew(elsewhere.refreshToken);
  });
});

describe("time", () => {
  test("a session that was idle for 30 days is over", async () => {
    await waitFor("29 days 23 hours");
    const { refreshToken } = (await refresh(person.tokens.refreshToken)).body;
    await waitFor("29 days 23 hours");
    const next = await renew(refreshToken);
    await waitFor("30 days 1 second");
    expect(await refresh(next)).toMatchObject(refused);
  });

  test("a session is over after 90 days, however often it was refreshed", async () => {
    let { refreshToken } = person.tokens;
    for (let month = 0; month < 3; month++) {
      await waitFor("29 days 23 hours");
      refreshToken = await renew(refreshToken);
    }
    const { accessToken } = (await refresh(refreshToken)).body;
    expect(await me(accessToken)).toMatchObject({ status: 200 });
    await waitFor("4 hours 1 second");
    expect(await refresh(refreshToken)).toMatchObject(refused);
    // Its own expiry is later.
    expect(await me(accessToken)).toMatchObject({ status: 401, code: "auth/invalid-token" });
  });

  test("an old token of a session that is over is no theft", async () => {
    await renew(person.tokens.refreshToken);
    await waitFor("31 days");
    expect(await refresh(person.tokens.refreshToken)).toMatchObject(refused);
    const mails = await queryDatabase(`SELECT template FROM "OutboxMail" WHERE "to" = $1`, person.email);
    expect(mails).toEqual([{ template: "verify-sign-up" }]);
  });
});

describe("refused", () => {
  test("after sign-out", async () => {
    await person.api.post("/v1/auth/signout");
    expect(await refresh(person.tokens.refreshToken)).toMatchObject(refused);
  });

  test("after a ban, which is told, and good again when it is lifted", async () => {
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
    expect(await refresh(person.tokens.refreshToken)).toMatchObject(refused);
  });

  test.each<[string, (token: string) => string]>([
    ["nothing", () => ""],
    ["nonsense", () => "nonsense"],
    ["the prefix alone", () => "rt_"],
    ["without the prefix", (token) => token.slice(3)],
    ["a letter more", (token) => `${token}A`],
    ["a letter less", (token) => token.slice(0, -1)],
    ["another last letter", (token) => token.replace(/.$/, (letter) => (letter === "A" ? "B" : "A"))],
    ["padding", (token) => `${token}=`],
    ["a blank", (token) => ` ${token}`],
    ["another case", (token) => token.toUpperCase()],
    ["the access token", () => person.tokens.accessToken],
    ["an unknown session", () => issueRefreshToken({ sessionId: crypto.randomUUID(), counter: 0 })],
    ["a counter that is not reached yet", () => issueRefreshToken({ sessionId, counter: 1 })],
    ["the last counter of all", () => issueRefreshToken({ sessionId, counter: 2 ** 31 - 1 })],
    ["a MAC by another key", () => signed({ key: keyFor("access-token") })],
    ["a MAC by a random key", () => signed({ key: randomBytes(32) })],
    ["another version", () => signed({ version: 2 })],
    ["a NUL", (token) => `${token}\u0000`],
    ["half a surrogate", () => "rt_\ud800"],
    ["a hundred kilobytes", () => `rt_${"A".repeat(100_000)}`],
  ])("%s, and the session lives on", async (_, make) => {
    expect(await refresh(make(person.tokens.refreshToken))).toMatchObject(refused);
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
  ])("%s is no token", async (_, refreshToken) => {
    expect(await refresh(refreshToken)).toMatchObject({ status: 400, code: "common/validation-error" });
  });
});
