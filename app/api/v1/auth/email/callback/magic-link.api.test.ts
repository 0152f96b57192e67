import { describe, expect, inject, test } from "vitest";
import type { TokenPair } from "@/lib/auth/sessions/contract";
import { eventsOf } from "@/lib/testing/app/app-log";
import { type Caller, guest, withSecretKey } from "@/lib/testing/caller";
import { queryDatabase } from "@/lib/testing/database/query-database";
import { turnOn } from "@/lib/testing/factors/second-factor";
import { codeOf } from "@/lib/testing/factors/totp-code";
import { linkOf, mailTo, queuedMailsTo } from "@/lib/testing/mailbox";
import { newEmail, newUser, type Person, writeArticle } from "@/lib/testing/people";
import { leadsTo, PlainBrowser, shownBy } from "@/lib/testing/plain-browser";

const callbackUrl = `${inject("appUrl")}/magic-link`;
const subject = /sign-in link/;

type SignIn = TokenPair & { is_new_user: boolean };
type Me = { id: string; email: string; name: string; emailVerified: boolean; role: string };

const request = (
  email: string,
  fields: Record<string, unknown> = {},
  { visitor = guest(), at = "signin" }: { visitor?: Caller; at?: "signin" | "signup" } = {},
) => visitor.post(`/v1/auth/email/${at}`, { method: "magiclink", email, callbackUrl, ...fields });

const redeem = (token: string, fields: { mfaCode?: string } = {}) =>
  guest().post<SignIn>("/v1/auth/email/callback", { token, ...fields });

const meOf = async ({ accessToken }: TokenPair) =>
  (await guest().as(accessToken).get<Me>("/v1/auth/me")).body;

async function linkFor(email: string, fields: Record<string, unknown> = {}, count = 1) {
  const { status } = await request(email, fields);
  if (status !== 200) throw new Error(`The request failed with status ${status}.`);
  return linkOf(await mailTo(email, subject, count));
}

async function verified(person: Person): Promise<Person> {
  await queryDatabase(`UPDATE "User" SET "emailVerified" = now() WHERE id = $1`, person.id);
  return person;
}

describe("a sign-in link", () => {
  test("creates a verified account for an unknown email address, named after the part before the @", async () => {
    const email = newEmail();
    const answer = await request(email, { callbackUrl: `${callbackUrl}?from=app` }, { at: "signup" });
    expect(answer).toMatchObject({ status: 201, body: { message: expect.any(String), email } });
    const link = linkOf(await mailTo(email, subject));
    expect(link.href.startsWith(`${callbackUrl}?from=app&token=`)).toBe(true);

    const { status, body } = await redeem(link.token);
    expect(status).toBe(200);
    expect(body).toMatchObject({ tokenType: "Bearer", expiresIn: 3600, is_new_user: true });
    const me = await meOf(body);
    expect(me).toMatchObject({ email, name: email.split("@")[0], emailVerified: true, role: "user" });
  });

  test("signs in to an existing account", async () => {
    const person = await verified(await newUser());
    const { token } = await linkFor(person.email);
    const { body } = await redeem(token);
    expect(body.is_new_user).toBe(false);
    expect(await meOf(body)).toMatchObject({ id: person.id, name: person.name });
  });

  test("clears the failures of the account", async () => {
    const person = await verified(await newUser());
    const signIn = (password: string) =>
      guest().post("/v1/auth/email/signin", { method: "password", email: person.email, password });
    for (let failures = 0; failures < 10; failures += 1) await signIn("wrong");
    expect(await signIn(person.password)).toMatchObject({ status: 429 });

    expect(await redeem((await linkFor(person.email)).token)).toMatchObject({ status: 200 });
    expect(await signIn(person.password)).toMatchObject({ status: 200 });
  });

  test("works once, even when used twenty times at once", async () => {
    const email = newEmail();
    const { token } = await linkFor(email);
    const answers = await Promise.all(Array.from({ length: 20 }, () => redeem(token)));
    const codes = answers.map(({ status, code }) => code ?? status);
    expect(codes.filter((code) => code === 200)).toHaveLength(1);
    expect(codes.filter((code) => code === "auth/invalid-token")).toHaveLength(19);
    const users = await queryDatabase(`SELECT id FROM "User" WHERE email = $1`, email);
    expect(users).toHaveLength(1);
  });

  test("stops working when a newer one is requested", async () => {
    const person = await verified(await newUser());
    const older = await linkFor(person.email);
    const newer = await linkFor(person.email, {}, 2);
    expect(await redeem(older.token)).toMatchObject({ status: 401, code: "auth/invalid-token" });
    expect((await redeem(newer.token)).status).toBe(200);
  });

  test("expires, and is stored only as a hash", async () => {
    const email = newEmail();
    const { token } = await linkFor(email);
    const [row] = await queryDatabase(`SELECT * FROM "MagicLink" WHERE email = $1`, email);
    expect(JSON.stringify(row)).not.toContain(token);
    await queryDatabase(`UPDATE "MagicLink" SET "expiresAt" = now() WHERE email = $1`, email);
    expect(await redeem(token)).toMatchObject({ status: 401, code: "auth/token-expired" });
  });

  test("stops working after a password reset and after the account is deleted", async () => {
    const person = await verified(await newUser());
    const { token } = await linkFor(person.email);
    await guest().post("/v1/auth/password/reset/request", { email: person.email });
    const reset = linkOf(await mailTo(person.email, "reset-password"));
    const body = { email: person.email, token: reset.token, newPassword: "a new secret" };
    expect((await guest().post("/v1/auth/password/reset/confirm", body)).status).toBe(200);
    expect(await redeem(token)).toMatchObject({ code: "auth/invalid-token" });

    const leaver = await verified(await newUser());
    const { token: left } = await linkFor(leaver.email);
    expect((await leaver.api.delete("/v1/auth/withdraw")).status).toBe(200);
    expect(await redeem(left)).toMatchObject({ code: "auth/invalid-token" });
  });

  test("does not let a banned user in", async () => {
    const person = await verified(await newUser());
    const { token } = await linkFor(person.email);
    await withSecretKey().patch(`/v1/users/${person.id}`, { banned: true });
    expect(await redeem(token)).toMatchObject({ status: 403, code: "auth/account-banned" });
  });

  test("is emailed three times an hour to one address, and the fourth request gets the same response", async () => {
    const email = newEmail();
    const answers = await Promise.all(Array.from({ length: 4 }, () => request(email)));
    const [first] = answers;
    for (const { status, body } of answers)
      expect({ status, body }).toEqual({ status: 200, body: first?.body });
    await expect.poll(() => queuedMailsTo(email)).toHaveLength(3);
  });
});

describe("a sign-in link does not skip the second factor", () => {
  test("and stays valid when the code is missing or wrong", async () => {
    const person = await verified(await newUser());
    const { secret } = await turnOn(person);
    const { token } = await linkFor(person.email);
    const required = { status: 403, code: "auth/mfa-required" };
    expect(await redeem(token)).toMatchObject(required);
    expect(await redeem(token, { mfaCode: "000000" })).toMatchObject({
      status: 401,
      code: "auth/invalid-mfa-code",
    });
    const signedIn = await redeem(token, { mfaCode: codeOf(secret) });
    expect(signedIn).toMatchObject({ status: 200, body: { is_new_user: false } });
    expect(await meOf(signedIn.body)).toMatchObject({ id: person.id });
    expect(await redeem(token, { mfaCode: codeOf(secret, 1) })).toMatchObject({
      code: "auth/invalid-token",
    });
  });

  test("on its page, which asks for the code and accepts a backup code", async () => {
    const person = await verified(await newUser());
    const { backupCodes } = await turnOn(person);
    const { pathname, search } = await linkFor(person.email);
    const browser = new PlainBrowser();
    const path = pathname + search;
    const wrong = await browser.send(path, 'name="token"', { mfaCode: "000000" });
    expect(await shownBy(wrong)).toContain("This code is wrong");
    expect(leadsTo(await browser.get("/me"))).toContain("/signin");
    const mfaCode = backupCodes[0] ?? "";
    expect(leadsTo(await browser.send(path, 'name="token"', { mfaCode }))).toBe("/me");
    expect((await browser.get("/me")).status).toBe(200);
  });
});

describe("a request for a sign-in link is rejected", () => {
  test.each([
    ["without an email address", { email: undefined }, "auth/invalid-email"],
    ["with a malformed email address", { email: "no-address" }, "auth/invalid-email"],
    ["without a callbackUrl", { callbackUrl: undefined }, "auth/invalid-callback-url"],
    [
      "with a callbackUrl on another site",
      { callbackUrl: "https://evil.example" },
      "auth/invalid-callback-url",
    ],
    ["with an additional password", { password: "abc123" }, "common/validation-error"],
    ["with an unknown method", { method: "fax", password: "abc123" }, "common/validation-error"],
    [
      "with an unknown method and a malformed email address",
      { method: "fax", email: 1 },
      "auth/invalid-email",
    ],
  ])("%s", async (_, fields, code) => {
    for (const at of ["signin", "signup"] as const) {
      expect(await request(newEmail(), fields, { at })).toMatchObject({ status: 400, code });
    }
  });
});

describe("the page of a sign-in link", () => {
  test("survives GET and HEAD by mail scanners, and signs in by its button, also on another device", async () => {
    const person = await verified(await newUser());
    const { token } = await linkFor(person.email);
    const path = `/magic-link?${new URLSearchParams({ token })}`;
    for (let visit = 0; visit < 10; visit += 1) {
      const page = await new PlainBrowser().get(path);
      expect(page.status).toBe(200);
      expect(page.headers.get("referrer-policy")).toBe("no-referrer");
      await fetch(inject("appUrl") + path, { method: "HEAD" });
    }
    for (const method of ["GET", "HEAD"] as const) {
      const answer = await guest().send(method, `/v1/auth/email/callback?token=${token}`);
      expect(answer.status).toBe(405);
    }

    const browser = new PlainBrowser();
    const html = await browser.read(path);
    expect(html).toContain(person.email);
    expect(html).toContain("another device");
    expect(leadsTo(await browser.send(path, 'name="token"'))).toBe("/me");
    expect(await browser.read("/me")).toContain(person.name);
    expect(await browser.read(path)).toContain("This link does not work");
  });

  test("shows no other-device notice in the browser that requested the link, and goes on to returnTo", async () => {
    const person = await verified(await newUser());
    const browser = new PlainBrowser();
    const asked = await browser.send("/magic-link?returnTo=/articles/new", 'name="email"', {
      email: person.email,
    });
    expect(leadsTo(asked)).toBe("/magic-link?sent");
    for (const path of ["/magic-link?returnTo=/articles/new", "/magic-link?sent"])
      expect(await browser.read(path), path).toContain('href="/signin?returnTo=%2Farticles%2Fnew"');
    const { pathname, search } = linkOf(await mailTo(person.email, subject));
    expect(await browser.read(pathname + search)).not.toContain("another device");
    expect(leadsTo(await browser.send(pathname + search, 'name="token"'))).toBe("/articles/new");
  });
});

describe("an account that an attacker created with the email address of another user", () => {
  test("loses its password, sessions and name when the owner of the address signs in by a link", async () => {
    const attacker = await newUser({ name: "Attacker" });
    const article = await writeArticle(attacker, { isPublished: true });
    const { token } = await linkFor(attacker.email);
    const { body } = await redeem(token);
    expect(body.is_new_user).toBe(true);
    expect(await meOf(body)).toMatchObject({
      id: attacker.id,
      name: attacker.email.split("@")[0],
      emailVerified: true,
    });

    expect((await attacker.api.get("/v1/auth/me")).status).toBe(401);
    const { refreshToken } = attacker.tokens;
    expect((await guest().post("/v1/auth/refresh", { refreshToken })).status).toBe(401);
    const { email, password } = attacker;
    const signIn = await guest().post("/v1/auth/email/signin", { method: "password", email, password });
    expect(signIn).toMatchObject({ status: 401, code: "auth/invalid-credentials" });
    const left = await guest().get(`/v1/data/articles/${article.id}`);
    expect(left.body).toMatchObject({ createdBy: null });
  });

  test("does not know the attacker's network and browser, and reports only the owner's next device", async () => {
    const attacker = await newUser({}, guest().with({ "User-Agent": "attacker/1.0" }));
    const first = await linkFor(attacker.email);
    const redeemAs = ({ token }: { token: string }, headers: Record<string, string>) =>
      guest().with(headers).post<SignIn>("/v1/auth/email/callback", { token });
    const { body } = await redeemAs(first, { "User-Agent": "owner/1.0" });
    expect(await guest().as(body.accessToken).get("/v1/auth/sessions")).toMatchObject({
      body: { pagination: { total: 1 } },
    });
    const sessions = await queryDatabase(
      `SELECT "userAgent" FROM "Session" WHERE "userId" = $1`,
      attacker.id,
    );
    expect(sessions).toEqual([{ userAgent: "owner/1.0" }]);

    // Once this is handled, the earlier sign-in was handled too.
    const requestId = crypto.randomUUID();
    const second = await linkFor(attacker.email, {}, 2);
    await redeemAs(second, { "User-Agent": "owner/2.0", "X-Request-Id": requestId });
    await expect
      .poll(async () => (await eventsOf(requestId)).map(({ event }) => event))
      .toContain("auth.new-device");
    await mailTo(attacker.email, "new-device");
    const notices = (await queuedMailsTo(attacker.email)).filter((template) => template === "new-device");
    expect(notices).toHaveLength(1);
  });

  test("loses its second factor and passkeys, and signs in without a code", async () => {
    const attacker = await newUser();
    await turnOn(attacker);
    await queryDatabase(
      `INSERT INTO "Passkey" (id, "userId", name, "credentialId", "publicKey", counter)
       VALUES (gen_random_uuid()::text, $1, 'Phone', $1, '', 0)`,
      attacker.id,
    );
    const { token } = await linkFor(attacker.email);
    const { status, body } = await redeem(token);
    expect({ status, ...body }).toMatchObject({ status: 200, is_new_user: true });
    const owner = guest().as(body.accessToken);
    expect(await owner.get("/v1/auth/me")).toMatchObject({ body: { id: attacker.id, mfaEnabled: false } });
    expect(await owner.get("/v1/auth/passkeys")).toMatchObject({ body: { items: [] } });
  });
});
