import { decodeJwt } from "jose";
import { describe, expect, test } from "vitest";
import type { TokenPair } from "@/lib/auth/sessions/contract";
import { locales } from "@/lib/i18n/locales";
import { guest } from "@/lib/testing/caller";
import { queryDatabase } from "@/lib/testing/database/query-database";
import { newEmail, newUser } from "@/lib/testing/people";

type Fields = Record<string, unknown>;

const signUpBody = (fields: Fields = {}) => ({
  method: "password",
  email: newEmail(),
  password: "a fine day",
  name: "홍길동",
  ...fields,
});

const signUp = (fields?: Fields) => guest().post<TokenPair>("/v1/auth/email/signup", signUpBody(fields));
const signIn = (email: string, password: string) =>
  guest().post<TokenPair>("/v1/auth/email/signin", { method: "password", email, password });

const mailsTo = (email: string) =>
  queryDatabase<{ template: string; locale: string }>(
    `SELECT template, locale FROM "OutboxMail" WHERE lower("to") = lower($1)`,
    email,
  );

test("a new user signs up as in the tutorial, and is signed in", async () => {
  const email = newEmail();
  const { status, body } = await signUp({ email, password: "abc123", name: "홍길동" });

  expect(status).toBe(201);
  expect(body).toStrictEqual({
    accessToken: expect.any(String),
    refreshToken: expect.any(String),
    tokenType: "Bearer",
    expiresIn: 3600,
  });
  expect(await guest().as(body.accessToken).get("/v1/auth/me")).toMatchObject({
    status: 200,
    body: { email, name: "홍길동", emailVerified: false, role: "user" },
  });
  expect(await signIn(email, "abc123")).toMatchObject({ status: 200 });
});

describe("the email address at sign-up", () => {
  test("is unique regardless of case and surrounding whitespace", async () => {
    const email = newEmail();
    expect(await signUp({ email })).toMatchObject({ status: 201 });
    expect(await signUp({ email: ` ${email.toUpperCase()} ` })).toMatchObject({
      status: 409,
      code: "auth/email-already-exists",
      body: { error: { details: [{ path: "email" }] } },
    });
    const rows = await queryDatabase(`SELECT email FROM "User" WHERE lower(email) = $1`, email);
    expect(rows).toEqual([{ email }]);
  });

  test("is stored trimmed and in lower case", async () => {
    const email = newEmail();
    const { body } = await signUp({ email: `\t ${email.toUpperCase()} ` });
    expect(await guest().as(body.accessToken).get("/v1/auth/me")).toMatchObject({ body: { email } });
  });

  test.each(["a+tag", "first.last", "o'neil", "x_y-z", "1"])("may begin with %s", async (local) => {
    expect(await signUp({ email: `${local}@${crypto.randomUUID()}.example.com` })).toMatchObject({
      status: 201,
    });
  });

  test.each<[string, unknown]>([
    ["no characters", ""],
    ["whitespace", "   "],
    ["no @", "example.com"],
    ["two @", "a@b@example.com"],
    ["no domain", "a@"],
    ["no local part", "@example.com"],
    ["no dot in the domain", "a@localhost"],
    ["an IP address as its domain", "a@127.0.0.1"],
    ["a domain in brackets", "a@[127.0.0.1]"],
    ["two dots", "a..b@example.com"],
    ["a leading dot", ".a@example.com"],
    ["a trailing dot", "a.@example.com"],
    ["a domain that begins with a hyphen", "a@-example.com"],
    ["a full-width @", "a@evil.com\uff20example.com"],
    ["a quoted local part", '"e@evil"@example.com'],
    ["a list", "a@b.com,c@d.com"],
    ["angle brackets", "<a@b.com>"],
    ["a display name", "Eve <a@b.com>"],
    ["a comment", "a(comment)@example.com"],
    ["a line break", "a@example.com\r\nBcc: b@example.com"],
    ["a line break at the end", "a@example.com\n"],
    ["a NUL", "a\u0000@example.com"],
    ["a Kelvin sign", "\u212aim@example.com"],
    ["a dotless i", "k\u0131m@example.com"],
    ["a Cyrillic a", "\u0430@example.com"],
    ["a zero-width space", "a\u200b@example.com"],
    ["half a surrogate", "a\ud800@example.com"],
    [
      "255 characters",
      `${"a".repeat(64)}@${"b".repeat(60)}.${"c".repeat(60)}.${"d".repeat(60)}.${"e".repeat(3)}.com`,
    ],
    ["65 characters before the @", `${"a".repeat(65)}@example.com`],
    ["100 kilobytes", `${"a".repeat(100_000)}@example.com`],
    ["100 kilobytes of dots", `a@${"a.".repeat(50_000)}com`],
    ["a query operator", { not: "" }],
    ["a list of addresses", ["a@example.com"]],
    ["a number", 1],
    ["a boolean", true],
    ["null", null],
    ["undefined", undefined],
  ])("is rejected, and no email is sent: %s", async (_, email) => {
    expect(await signUp({ email })).toMatchObject({
      status: 400,
      code: "auth/invalid-email",
      body: { error: { details: [{ path: "email" }] } },
    });
    if (typeof email === "string" && !email.includes("\u0000") && email.isWellFormed()) {
      expect(await mailsTo(email)).toEqual([]);
    }
  });

  test("is rejected if it is a Unicode look-alike of an existing one, and no email is sent to that one", async () => {
    const email = `kim.${newEmail()}`;
    await signUp({ email });
    for (const lookAlike of [
      email.replace("k", "\u212a"),
      email.replace("i", "\u0131"),
      email.replace("i", "\u0130"),
    ]) {
      expect(await signUp({ email: lookAlike })).toMatchObject({ status: 400, code: "auth/invalid-email" });
      expect(await signIn(lookAlike, "a fine day")).toMatchObject({
        status: 400,
        code: "auth/invalid-email",
      });
    }
    expect(await mailsTo(email)).toHaveLength(1);
  });
});

describe("the password at sign-up", () => {
  test.each<[string, string, number]>([
    ["one character less than the minimum", "abc12", 400],
    ["the minimum", "abc123", 201],
    ["the minimum in emoji", "\u{1f511}".repeat(6), 201],
    ["one emoji less than the minimum", "\u{1f511}".repeat(5), 400],
    ["64 characters", "p".repeat(64), 201],
    ["72 bytes", "p".repeat(72), 201],
    ["73 bytes", "p".repeat(73), 400],
    ["72 bytes of two-byte letters", "\u00e9".repeat(36), 201],
    ["73 bytes with two-byte letters", `${"\u00e9".repeat(36)}1`, 400],
    ["whitespace", "      ", 201],
    ["a NUL", "abc\u0000123", 400],
    ["half a surrogate", "abc\ud800123", 400],
    ["no characters", "", 400],
  ])("of %s is accepted or rejected as expected", async (_, password, status) => {
    const email = newEmail();
    const answer = await signUp({ email, password });
    expect(answer.status).toBe(status);
    if (status === 201) {
      expect(await signIn(email, password)).toMatchObject({ status: 200 });
    } else {
      expect(answer.body).toMatchObject({
        error: { code: "auth/invalid-password-format", details: [{ path: "password" }] },
      });
    }
  });

  test.each<[string, unknown]>([
    ["an object", { not: "" }],
    ["a list", ["abc123"]],
    ["a number", 123456],
    ["null", null],
    ["undefined", undefined],
  ])("must be a string, not %s", async (_, password) => {
    expect(await signUp({ password })).toMatchObject({ status: 400, code: "auth/invalid-password-format" });
  });

  test("is never truncated: 72 bytes and one more are another password", async () => {
    const email = newEmail();
    const password = "p".repeat(72);
    await signUp({ email, password });
    expect(await signIn(email, `${password}p`)).toMatchObject({
      status: 401,
      code: "auth/invalid-credentials",
    });
    expect(await signIn(email, password.slice(1))).toMatchObject({
      status: 401,
      code: "auth/invalid-credentials",
    });
  });

  test("is compared exactly: whitespace, case and emoji count", async () => {
    const email = newEmail();
    const password = " P\u00e4sswort \u{1f511} ";
    await signUp({ email, password });

    expect(await signIn(email, password)).toMatchObject({ status: 200 });
    const others = [password.trim(), password.toLowerCase(), `${password}\u0000`];
    for (const other of others) expect(await signIn(email, other)).toMatchObject({ status: 401 });
  });
});

describe("the name at sign-up", () => {
  test.each<[string, unknown, string | undefined]>([
    ["is trimmed", "  Jo  ", "Jo"],
    ["may be in any script", "홍길동 \u{1f58b}\ufe0f", "홍길동 \u{1f58b}\ufe0f"],
    ["may have 100 characters", "a".repeat(100), "a".repeat(100)],
    ["may have 100 emoji", "\u{1f600}".repeat(100), "\u{1f600}".repeat(100)],
    ["may contain markup, which stays text", "<b>Jo</b>", "<b>Jo</b>"],
    ["cannot have 101 characters", "a".repeat(101), undefined],
    ["cannot have 101 emoji", "\u{1f600}".repeat(101), undefined],
    ["cannot be empty", "", undefined],
    ["cannot be blank", "  \n ", undefined],
    ["cannot contain a NUL", "a\u0000b", undefined],
    ["cannot contain a lone surrogate", "a\udc00b", undefined],
    ["cannot be an object", { contains: "a" }, undefined],
    ["cannot be a number", 1, undefined],
    ["cannot be null", null, undefined],
  ])("%s", async (_, name, kept) => {
    const answer = await signUp({ name });
    if (kept === undefined) {
      expect(answer).toMatchObject({
        status: 400,
        code: "common/validation-error",
        body: { error: { details: [{ path: "name" }] } },
      });
    } else {
      const me = await guest().as(answer.body.accessToken).get("/v1/auth/me");
      expect(me).toMatchObject({ body: { name: kept } });
    }
  });
});

describe("consents at sign-up", () => {
  const consentsOf = async ({ accessToken }: TokenPair) =>
    queryDatabase<{ document: string; version: string; acceptedAt: Date }>(
      `SELECT document, version, "acceptedAt" FROM "Consent" WHERE "userId" = $1 ORDER BY document`,
      decodeJwt(accessToken).sub,
    );

  test("are stored with their version and time", async () => {
    const { body } = await signUp({ termsAccepted: true, privacyAccepted: true });
    expect(await consentsOf(body)).toEqual(
      ["privacy", "terms"].map((document) => ({
        document,
        version: expect.stringMatching(/./),
        acceptedAt: expect.any(Date),
      })),
    );
  });

  test("are optional in the API", async () => {
    expect(await consentsOf((await signUp()).body)).toEqual([]);
    expect(await consentsOf((await signUp({ termsAccepted: true })).body)).toMatchObject([
      { document: "terms" },
    ]);
  });

  test.each([false, "true", 1, null])("can only be true when present, not %s", async (termsAccepted) => {
    expect(await signUp({ termsAccepted })).toMatchObject({ status: 400, code: "common/validation-error" });
  });
});

test("a new user gets one verification email, in their language", async () => {
  const email = newEmail();
  const locale = locales.at(-1) ?? "";
  await guest().with({ "Accept-Language": locale }).post("/v1/auth/email/signup", signUpBody({ email }));
  await signUp({ email });
  expect(await mailsTo(email)).toEqual([{ template: "verify-sign-up", locale }]);
});

test("sign-up stores the password as a bcrypt hash", async () => {
  const { id } = await newUser();
  const [user] = await queryDatabase<{ passwordHash: string }>(
    `SELECT "passwordHash" FROM "User" WHERE id = $1`,
    id,
  );
  expect(user?.passwordHash).toMatch(/^\$2[aby]\$10\$.{53}$/);
});
