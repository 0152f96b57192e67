import { describe, expect, inject, test } from "vitest";
import type { TokenPair } from "@/lib/auth/sessions/contract";
import { guest, withSecretKey } from "@/lib/testing/caller";
import { queryDatabase } from "@/lib/testing/database/query-database";
import { beginSetup, forgetUsedCodes, turnOn } from "@/lib/testing/factors/second-factor";
import { codeOf } from "@/lib/testing/factors/totp-code";
import { linkOf, mailTo, queuedMailsTo } from "@/lib/testing/mailbox";
import { newUser, type Person, signInAgain } from "@/lib/testing/people";
import { leadsTo, PlainBrowser, shownBy } from "@/lib/testing/plain-browser";
import { codeFor, idTokenFor, stranger, visitProvider } from "@/lib/testing/social";

const required = { status: 403, code: "auth/mfa-required" };
const invalid = { status: 401, code: "auth/invalid-mfa-code" };

function signIn({ email, password }: { email: string; password: string }, mfaCode?: string, api = guest()) {
  return api.post<TokenPair>("/v1/auth/email/signin", {
    method: "password",
    email,
    password,
    ...(mfaCode !== undefined && { mfaCode }),
  });
}

const wrong = "000000";

async function userWithSecondFactor() {
  const person = await newUser();
  return { person, ...(await turnOn(person)) };
}

describe("setting up a second factor", () => {
  test("returns a 160-bit secret, its otpauth URL and ten backup codes, and is not active yet", async () => {
    const person = await newUser();
    const { secret, qrCodeUrl, backupCodes } = await beginSetup(person);
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    const address = new URL(qrCodeUrl);
    expect(address.href).toMatch(/^otpauth:\/\/totp\//);
    expect(decodeURIComponent(address.pathname)).toContain(`:${person.email}`);
    expect(Object.fromEntries(address.searchParams)).toMatchObject({
      secret,
      algorithm: "SHA1",
      digits: "6",
      period: "30",
    });
    expect(new Set(backupCodes).size).toBe(10);
    expect(await signIn(person)).toMatchObject({ status: 200 });
    expect(await person.api.get("/v1/auth/me")).toMatchObject({ body: { mfaEnabled: false } });
  });

  test("is confirmed with a code, which returns the same backup codes, ends other sessions and sends an email", async () => {
    const person = await newUser();
    const other = await signInAgain(person);
    const { secret, backupCodes } = await beginSetup(person);
    expect(await person.api.post("/v1/auth/mfa/confirm", { code: codeOf(secret) })).toMatchObject({
      status: 200,
      body: { backupCodes },
    });
    expect(await person.api.get("/v1/auth/me")).toMatchObject({ status: 200, body: { mfaEnabled: true } });
    expect(await guest().as(other.accessToken).get("/v1/auth/me")).toMatchObject({ status: 401 });
    expect(await queuedMailsTo(person.email)).toContain("second-factor-on");
    const again = await person.api.post("/v1/auth/mfa/enable", { password: person.password });
    expect(again).toMatchObject({ status: 400, code: "auth/mfa-already-enabled" });
    const twice = await person.api.post("/v1/auth/mfa/confirm", { code: codeOf(secret) });
    expect(twice).toMatchObject({ status: 400, code: "auth/mfa-already-enabled" });
  });

  test("replaces an earlier set-up, and expires after ten minutes", async () => {
    const person = await newUser();
    const confirm = (code: string) => person.api.post("/v1/auth/mfa/confirm", { code });
    expect(await confirm(wrong)).toMatchObject({ status: 400, code: "auth/mfa-not-enabled" });
    const first = await beginSetup(person);
    const second = await beginSetup(person);
    expect(await confirm(codeOf(first.secret))).toMatchObject(invalid);
    expect(await confirm(second.backupCodes[0] ?? "")).toMatchObject(invalid);
    await queryDatabase(`UPDATE "SecondFactor" SET "setupExpiresAt" = now() WHERE "userId" = $1`, person.id);
    expect(await confirm(codeOf(second.secret))).toMatchObject({
      status: 400,
      code: "auth/mfa-setup-expired",
    });
  });

  test("needs the password, or without one a session proved in the last ten minutes", async () => {
    const { id, api } = await newUser();
    const rejected = { status: 401, code: "auth/invalid-credentials" };
    expect(await api.post("/v1/auth/mfa/enable", { password: "not it" })).toMatchObject(rejected);
    expect(await api.post("/v1/auth/mfa/enable", {})).toMatchObject(rejected);
    await queryDatabase(`UPDATE "User" SET "passwordHash" = NULL WHERE id = $1`, id);
    expect(await api.post("/v1/auth/mfa/enable", {})).toMatchObject({ status: 200 });
    expect(await api.post("/v1/auth/mfa/enable")).toMatchObject({ status: 200 });
    await queryDatabase(
      `UPDATE "Session" SET "provedAt" = now() - interval '11 minutes' WHERE "userId" = $1`,
      id,
    );
    expect(await api.post("/v1/auth/mfa/enable", {})).toMatchObject(rejected);
  });
});

describe("signing in with a second factor", () => {
  test("reveals the second factor only after the right password", async () => {
    const { person, secret } = await userWithSecondFactor();
    expect(await signIn(person)).toMatchObject(required);
    expect(await signIn({ ...person, password: "wrong" })).toMatchObject({
      status: 401,
      code: "auth/invalid-credentials",
    });
    expect(await signIn({ ...person, password: "wrong" }, codeOf(secret))).toMatchObject({
      status: 401,
      code: "auth/invalid-credentials",
    });
    expect(await signIn(person, codeOf(secret))).toMatchObject({ status: 200 });
    expect(await signIn(await newUser(), wrong)).toMatchObject({ status: 200 });
  });

  test("rejects the code that confirmed the set-up", async () => {
    const person = await newUser();
    const { secret } = await beginSetup(person);
    const code = codeOf(secret);
    await person.api.post("/v1/auth/mfa/confirm", { code });
    expect(await signIn(person, code)).toMatchObject(invalid);
  });

  test("rejects a code replayed within its thirty seconds, an older one, and one three steps away", async () => {
    const { person, secret } = await userWithSecondFactor();
    const [before, now] = [codeOf(secret, -1), codeOf(secret)];
    expect(await signIn(person, codeOf(secret, -3))).toMatchObject(invalid);
    expect(await signIn(person, codeOf(secret, 3))).toMatchObject(invalid);
    expect(await signIn(person, now)).toMatchObject({ status: 200 });
    expect(await signIn(person, now)).toMatchObject(invalid);
    expect(await signIn(person, before)).toMatchObject(invalid);
    await forgetUsedCodes(person.id);
    expect(await signIn(person, codeOf(secret, 1))).toMatchObject({ status: 200 });
  });

  test("accepts each backup code once, and says so when all are used", async () => {
    const { person, backupCodes } = await userWithSecondFactor();
    const [first = ""] = backupCodes;
    expect(await signIn(person, first.toUpperCase().replaceAll("-", " "))).toMatchObject({ status: 200 });
    expect(await signIn(person, first)).toMatchObject(invalid);
    await queryDatabase(`DELETE FROM "BackupCode" WHERE "userId" = $1`, person.id);
    expect(await signIn(person, backupCodes[1])).toMatchObject({
      status: 400,
      code: "auth/mfa-backup-codes-exhausted",
    });
  });

  test("accepts a backup code once of five concurrent uses", async () => {
    const { person, backupCodes } = await userWithSecondFactor();
    const answers = await Promise.all(Array.from({ length: 5 }, () => signIn(person, backupCodes[0])));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401, 401]);
  });

  test("is locked after ten wrong codes of either kind from many IP addresses, also for the right code", async () => {
    const { person, secret } = await userWithSecondFactor();
    const answers = [];
    for (let tries = 0; tries < 12; tries += 1) {
      // A missing code neither counts as a failure nor clears any.
      if (tries < 9) expect(await signIn(person)).toMatchObject(required);
      answers.push(await signIn(person, tries % 2 ? wrong : "aaaa-bbbb-cccc"));
    }
    expect(answers.map(({ status }) => status)).toEqual([...Array(10).fill(401), 429, 429]);
    expect(await signIn(person, codeOf(secret))).toMatchObject({ status: 429 });
  });
});

describe("the second factor is also required", () => {
  async function confirmedPerson(): Promise<{ person: Person; secret: string }> {
    const person = await newUser();
    const { pathname, search } = linkOf(await mailTo(person.email, "verify-sign-up"));
    await guest().get(pathname.replace("/api", "") + search);
    const { secret } = await turnOn(person);
    return { person, secret };
  }

  // part: social-sign-in
  test("by social sign-in, which returns a token to send with the code", async () => {
    const { person, secret } = await confirmedPerson();
    const redirectUri = `${inject("appUrl")}/app`;
    const identity = stranger({ email: person.email });
    const code = await codeFor({ kind: "github", person: identity, redirectUri });
    const callback = (body: object) =>
      guest().post<TokenPair & { token: string }>("/v1/auth/github/callback", body);
    const asked = await callback({ code, redirectUri });
    expect(asked).toMatchObject({ ...required, body: { token: expect.any(String) } });
    const { token } = asked.body;
    expect(await callback({ token })).toMatchObject({ ...required, body: { token } });
    expect(await callback({ token, mfaCode: wrong })).toMatchObject(invalid);
    const signedIn = await callback({ token, mfaCode: codeOf(secret) });
    expect(signedIn).toMatchObject({ status: 200, body: { is_new_user: false } });
    expect(await guest().as(signedIn.body.accessToken).get("/v1/auth/me")).toMatchObject({
      body: { id: person.id },
    });
    expect(await callback({ token, mfaCode: codeOf(secret, 1) })).toMatchObject({
      status: 401,
      code: "auth/invalid-oauth-code",
    });
  });

  test("by social sign-in with an id token, which returns a token that expires after a minute", async () => {
    const { person, secret } = await confirmedPerson();
    const idToken = await idTokenFor({ person: stranger({ email: person.email }) });
    const { body } = await guest().post<{ token: string }>("/v1/auth/google/callback", { idToken });
    await queryDatabase(
      `UPDATE "SocialToken" t SET "expiresAt" = t."expiresAt" - interval '60 seconds'
         FROM "Account" a WHERE a.id = t."accountId" AND a."userId" = $1`,
      person.id,
    );
    const late = await guest().post("/v1/auth/google/callback", {
      token: body.token,
      mfaCode: codeOf(secret),
    });
    expect(late).toMatchObject({ status: 401, code: "auth/invalid-oauth-code" });
  });
  // end of part: social-sign-in

  /** @returns the person with their new password. */
  async function resetPassword(person: Person): Promise<Person> {
    await guest().post("/v1/auth/password/reset/request", { email: person.email });
    const { token } = linkOf(await mailTo(person.email, "reset-password"));
    const reset = { email: person.email, token, newPassword: "another long password" };
    expect(await guest().post("/v1/auth/password/reset/confirm", reset)).toMatchObject({ status: 200 });
    return { ...person, password: reset.newPassword };
  }

  test("after a password reset", async () => {
    const { person } = await confirmedPerson();
    expect(await signIn(await resetPassword(person))).toMatchObject(required);
  });

  test("after a password reset, which does not allow more wrong codes", async () => {
    const { person } = await confirmedPerson();
    for (let tries = 0; tries < 9; tries += 1) expect(await signIn(person, wrong)).toMatchObject(invalid);
    const changed = await resetPassword(person);
    expect(await signIn(changed, wrong)).toMatchObject(invalid);
    expect(await signIn(changed, wrong)).toMatchObject({ status: 429 });
  });

  test("by reauthentication", async () => {
    const { person, secret } = await userWithSecondFactor();
    const prove = (mfaCode?: string) =>
      person.api.post("/v1/auth/reauthenticate", { password: person.password, ...(mfaCode && { mfaCode }) });
    expect(await prove()).toMatchObject(required);
    expect(await prove(wrong)).toMatchObject(invalid);
    expect(await prove(codeOf(secret))).toMatchObject({ status: 200 });
  });
});

// part: social-sign-in
test("an attacker's account loses its second factor when the owner of its address signs in with Google", async () => {
  const person = await newUser();
  await turnOn(person);
  const idToken = await idTokenFor({ person: stranger({ email: person.email }) });
  const { status, body } = await guest().post<TokenPair>("/v1/auth/google/callback", { idToken });
  expect(status).toBe(200);
  expect(await guest().as(body.accessToken).get("/v1/auth/me")).toMatchObject({
    body: { id: person.id, mfaEnabled: false },
  });
  expect(await queryDatabase(`SELECT 1 FROM "SecondFactor" WHERE "userId" = $1`, person.id)).toEqual([]);
});
// end of part: social-sign-in

describe("turning off a second factor", () => {
  test("needs password and code, ends the other sessions and sends an email", async () => {
    const { person, secret } = await userWithSecondFactor();
    const { password } = person;
    const disable = (body: object) => person.api.post("/v1/auth/mfa/disable", body);
    const { body: other } = await signIn(person, codeOf(secret, -1));
    expect(await disable({ password: "wrong", code: codeOf(secret) })).toMatchObject({
      status: 401,
      code: "auth/invalid-credentials",
    });
    expect(await disable({ password })).toMatchObject(required);
    expect(await disable({ password, code: wrong })).toMatchObject(invalid);
    expect(await disable({ password, code: codeOf(secret) })).toMatchObject({ status: 200, body: {} });
    expect(await guest().as(other.accessToken).get("/v1/auth/me")).toMatchObject({ status: 401 });
    expect(await queuedMailsTo(person.email)).toContain("second-factor-off");
    expect(await signIn(person)).toMatchObject({ status: 200 });
    expect(await disable({ password })).toMatchObject({ status: 400, code: "auth/mfa-not-enabled" });
  });

  test("is possible by PATCH only for an admin, and the user gets an email", async () => {
    const { person } = await userWithSecondFactor();
    const admin = await newUser();
    const path = `/v1/users/${person.id}`;
    expect(await person.api.patch(path, { mfaEnabled: false })).toMatchObject({ status: 400 });
    expect(await admin.api.patch(path, { mfaEnabled: false })).toMatchObject({ status: 403 });
    await withSecretKey().patch(`/v1/users/${admin.id}`, { role: "admin" });
    expect(await admin.api.patch(path, { mfaEnabled: true })).toMatchObject({ status: 400 });
    expect(await admin.api.patch(path, { mfaEnabled: false })).toMatchObject({
      status: 200,
      body: { mfaEnabled: false },
    });
    expect(await queuedMailsTo(person.email)).toContain("second-factor-removed");
    expect(await signIn(person)).toMatchObject({ status: 200 });
  });
});

test("the database contains neither the TOTP secret nor the backup codes in plain text", async () => {
  const { person, secret, backupCodes } = await userWithSecondFactor();
  const rows = await queryDatabase(
    `SELECT f.*, (SELECT json_agg(b) FROM "BackupCode" b WHERE b."userId" = f."userId") AS codes
       FROM "SecondFactor" f WHERE f."userId" = $1`,
    person.id,
  );
  const stored = JSON.stringify(rows);
  for (const text of [secret, ...backupCodes]) expect(stored).not.toContain(text);
  expect(rows).toMatchObject([{ sealedBackupCodes: null }]);
});

// part: social-sign-in
test("social sign-in on pages leads to the code field, and completes with the right code", async () => {
  const person = await newUser();
  const { pathname, search } = linkOf(await mailTo(person.email, "verify-sign-up"));
  await guest().get(pathname.replace("/api", "") + search);
  const { secret } = await turnOn(person);
  const browser = new PlainBrowser();
  const left = await browser.send("/signin?returnTo=/me/profile", 'value="github"');
  const back = await visitProvider(leadsTo(left), stranger({ email: person.email }));
  const asked = await browser.get(back.href);
  expect(leadsTo(asked)).toBe("/signin/second-factor");
  expect(leadsTo(await browser.get("/me"))).toMatch(/^\/signin/);
  const rejected = await browser.send("/signin/second-factor", 'name="code"', { code: wrong });
  expect(await shownBy(rejected)).toContain("This code is wrong");
  const signedIn = await browser.send("/signin/second-factor", 'name="code"', { code: codeOf(secret) });
  expect(leadsTo(signedIn)).toBe("/me/profile");
  expect(await browser.read("/me")).toContain(person.email);
});
// end of part: social-sign-in

test("a sign-in that is waiting for the code can start again, and is cancelled by a password change", async () => {
  const { person, secret } = await userWithSecondFactor();
  const browser = new PlainBrowser();
  expect(
    leadsTo(
      await browser.send("/signin?returnTo=/me/profile", 'name="password"', {
        email: person.email,
        password: person.password,
      }),
    ),
  ).toBe("/signin/second-factor");
  expect(await browser.read("/signin/second-factor")).toContain('href="/signin?returnTo=%2Fme%2Fprofile"');
  const newPassword = "another long password";
  await person.api.post("/v1/auth/password/change", { currentPassword: person.password, newPassword });
  await browser.send("/signin/second-factor", 'name="code"', { code: codeOf(secret) });
  expect(leadsTo(await browser.get("/me"))).toMatch(/^\/signin/);
});
