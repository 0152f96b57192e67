import { decodeJwt } from "jose";
import { beforeAll, describe, expect, test } from "vitest";
import type { TokenPair } from "@/lib/auth/sessions/contract";
import { type Answer, guest } from "@/lib/testing/caller";
import { queryDatabase } from "@/lib/testing/database/query-database";
import { newEmail, newUser, type Person } from "@/lib/testing/people";

let person: Person;

beforeAll(async () => {
  person = await newUser();
});

const signIn = (body: Record<string, unknown>) =>
  guest().post<TokenPair>("/v1/auth/email/signin", { method: "password", ...body });

test("sign-in starts a new session for an existing user", async () => {
  const { email, password, id, tokens } = person;
  const { status, body } = await signIn({ email, password });

  expect(status).toBe(200);
  expect(body).toStrictEqual({
    accessToken: expect.any(String),
    refreshToken: expect.any(String),
    tokenType: "Bearer",
    expiresIn: 3600,
  });
  expect(decodeJwt(body.accessToken)).toMatchObject({ sub: id });
  expect(decodeJwt(body.accessToken).sid).not.toBe(decodeJwt(tokens.accessToken).sid);
  expect(await guest().as(body.accessToken).get("/v1/auth/me")).toMatchObject({
    status: 200,
    body: { email },
  });
  expect(await guest().as(tokens.accessToken).get("/v1/auth/me")).toMatchObject({ status: 200 });
});

test("sign-in ignores case and surrounding whitespace in the email address", async () => {
  const { email, password } = person;
  expect(await signIn({ email: ` ${email.toUpperCase()}\t`, password })).toMatchObject({ status: 200 });
});

describe("a rejected sign-in", () => {
  /** Everything in a response that could tell two apart; without what differs each time. */
  const comparable = ({ status, body, headers }: Answer) => {
    const names = [...headers.keys()].filter((name) => !["date", "x-request-id"].includes(name));
    return { status, body, headers: names.map((name) => [name, headers.get(name)]) };
  };

  test("gets the same response for a wrong password, an unknown email address and an account without a password", async () => {
    const withoutPassword = await newUser();
    await queryDatabase(`UPDATE "User" SET "passwordHash" = NULL WHERE id = $1`, withoutPassword.id);

    const wrongPassword = await signIn({ email: person.email, password: "wrong" });
    expect(wrongPassword).toMatchObject({ status: 401, code: "auth/invalid-credentials" });
    const others = [
      await signIn({ email: newEmail(), password: "wrong" }),
      await signIn({ email: withoutPassword.email, password: withoutPassword.password }),
      await signIn({ email: withoutPassword.email, password: "" }),
    ];
    for (const other of others) expect(comparable(other)).toEqual(comparable(wrongPassword));
  });

  test("reports a ban only to a caller who knows the password", async () => {
    const { id, email, password } = await newUser();
    await queryDatabase(`UPDATE "User" SET "bannedAt" = now() WHERE id = $1`, id);

    expect(await signIn({ email, password })).toMatchObject({ status: 403, code: "auth/account-banned" });
    expect(await signIn({ email, password: "wrong" })).toMatchObject({
      status: 401,
      code: "auth/invalid-credentials",
    });

    await queryDatabase(`UPDATE "User" SET "bannedAt" = NULL WHERE id = $1`, id);
    expect(await signIn({ email, password })).toMatchObject({ status: 200 });
  });

  test.each<[string, Record<string, unknown>, string]>([
    ["a malformed email address", { email: "not-an-address", password: "x" }, "auth/invalid-email"],
    ["a query operator as the email address", { email: { not: "" }, password: "x" }, "auth/invalid-email"],
    ["no email address", { password: "x" }, "auth/invalid-email"],
    [
      "a query operator as the password",
      { email: "a@example.com", password: { not: "" } },
      "common/validation-error",
    ],
    ["a list of passwords", { email: "a@example.com", password: ["x"] }, "common/validation-error"],
    ["no password", { email: "a@example.com" }, "common/validation-error"],
    ["another method", { email: "a@example.com", password: "x", method: "sms" }, "common/validation-error"],
    ["no method", { email: "a@example.com", password: "x", method: undefined }, "common/validation-error"],
    [
      "an unknown field",
      { email: "a@example.com", password: "x", remember: true },
      "common/validation-error",
    ],
  ])("is a validation error for %s", async (_, body, code) => {
    expect(await signIn(body)).toMatchObject({ status: 400, code });
  });

  test.each([
    ["no characters", ""],
    ["a NUL", "\u0000"],
    ["half a surrogate", "\ud800"],
    ["a hundred kilobytes", "p".repeat(100_000)],
  ])("treats a password of %s as a wrong password", async (_, password) => {
    expect(await signIn({ email: person.email, password })).toMatchObject({
      status: 401,
      code: "auth/invalid-credentials",
    });
    await signIn({ email: person.email, password: person.password });
  });
});
