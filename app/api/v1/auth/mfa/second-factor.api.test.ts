import { describe, expect, inject, test } from "vitest";
import type { TokenPair } from "@/lib/auth/sessions/contract";
import { guest, secretHolder } from "@/lib/testing/caller";
import { queryDatabase } from "@/lib/testing/database/query-database";
import { beginSetup, forgetUsedCodes, turnOn } from "@/lib/testing/factors/second-factor";
import { codeOf } from "@/lib/testing/factors/totp-code";
import { linkOf, mailTo, queuedMailsTo } from "@/lib/testing/mailbox";
import { newcomer, type Person, signInAgain } from "@/lib/testing/people";
import { leadsTo, PlainBrowser } from "@/lib/testing/plain-browser";
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

async function protectedPerson() {
  const person = await newcomer();
  return { person, ...(await turnOn(person)) };
}

describe("setting a second factor up", () => {
  test("answers a secret of 160 bits, its address for a QR code and ten backup codes, and is not active yet", async () => {
    const person = await newcomer();
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

  test("confirming answers the same codes, ends the other sessions and mails a notice", async () => {
    const person = await newcomer();
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

  test("a second set-up replaces the first, and one of ten minutes ago has expired", async () => {
    const person = await newcomer();
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

  test("needs the password, or for an account without one a session of the last ten minutes", async () => {
    const { id, api } = await newcomer();
    const refused = { status: 401, code: "auth/invalid-credentials" };
    expect(await api.post("/v1/auth/mfa/enable", { password: "not it" })).toMatchObject(refused);
    expect(await api.post("/v1/auth/mfa/enable", {})).toMatchObject(refused);
    await queryDatabase(`UPDATE "User" SET "passwordHash" = NULL WHERE id = $1`, id);
    expect(await api.post("/v1/auth/mfa/enable", {})).toMatchObject({ status: 200 });
    await queryDatabase(
      `UPDATE "Session" SET "provedAt" = now() - interval '11 minutes' WHERE "userId" = $1`,
      id,
    );
    expect(await api.post("/v1/auth/mfa/enable", {})).toMatchObject(refused);
  });
});

describe("signing in", () => {
  test("M6: tells of the second factor only after the right password", async () => {
    const { person, secret } = await protectedPerson();
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
    expect(await signIn(await newcomer(), wrong)).toMatchObject({ status: 200 });
  });

  test("M3: refuses the set-up code used to sign in", async () => {
    const person = await newcomer();
    const { secret } = await beginSetup(person);
    const code = codeOf(secret);
    await person.api.post("/v1/auth/mfa/confirm", { code });
    expect(await signIn(person, code)).toMatchObject(invalid);
  });

  test("M3: refuses the code replayed within its thirty seconds, an older one, and one three steps away", async () => {
    const { person, secret } = await protectedPerson();
    const [before, now] = [codeOf(secret, -1), codeOf(secret)];
    expect(await signIn(person, codeOf(secret, -3))).toMatchObject(invalid);
    expect(await signIn(person, codeOf(secret, 3))).toMatchObject(invalid);
    expect(await signIn(person, now)).toMatchObject({ status: 200 });
    expect(await signIn(person, now)).toMatchObject(invalid);
    expect(await signIn(person, before)).toMatchObject(invalid);
    await forgetUsedCodes(person.id);
    expect(await signIn(person, codeOf(secret, 1))).toMatchObject({ status: 200 });
  });

  test("takes each backup code once, and says so when all are used", async () => {
    const { person, backupCodes } = await protectedPerson();
    const [first = ""] = backupCodes;
    expect(await signIn(person, first.toUpperCase().replaceAll("-", " "))).toMatchObject({ status: 200 });
    expect(await signIn(person, first)).toMatchObject(invalid);
    await queryDatabase(`DELETE FROM "BackupCode" WHERE "userId" = $1`, person.id);
    expect(await signIn(person, backupCodes[1])).toMatchObject({
      status: 400,
      code: "auth/mfa-backup-codes-exhausted",
    });
  });

  test("M2: of the backup code used by five at once one succeeds", async () => {
    const { person, backupCodes } = await protectedPerson();
    const answers = await Promise.all(Array.from({ length: 5 }, () => signIn(person, backupCodes[0])));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401, 401]);
  });

  test("M4: closes after ten wrong codes from many addresses, mixed with backup codes, also to the right one", async () => {
    const { person, secret } = await protectedPerson();
    const answers = [];
    for (let tries = 0; tries < 12; tries += 1) {
      // A missing code counts as no failure, and clears none.
      if (tries < 9) expect(await signIn(person)).toMatchObject(required);
      answers.push(await signIn(person, tries % 2 ? wrong : "aaaa-bbbb-cccc"));
    }
    expect(answers.map(({ status }) => status)).toEqual([...Array(10).fill(401), 429, 429]);
    expect(await signIn(person, codeOf(secret))).toMatchObject({ status: 429 });
  });
});

describe("M5: every other way in asks too", () => {
  async function confirmedPerson(): Promise<{ person: Person; secret: string }> {
    const person = await newcomer();
    const { pathname, search } = linkOf(await mailTo(person.email, "verify-sign-up"));
    await guest().get(pathname.replace("/api", "") + search);
    const { secret } = await turnOn(person);
    return { person, secret };
  }

  // part: social-sign-in
  test("the factor is not skipped by social sign-in: a token stands for the code until the factor is proved", async () => {
    const { person, secret } = await confirmedPerson();
    const redirectUri = `${inject("appUrl")}/app`;
    const identity = stranger({ email: person.email });
    const code = await codeFor({ kind: "github", person: identity, redirectUri });
    const enter = (body: object) =>
      guest().post<TokenPair & { token: string }>("/v1/auth/github/callback", body);
    const asked = await enter({ code, redirectUri });
    expect(asked).toMatchObject({ ...required, body: { token: expect.any(String) } });
    const { token } = asked.body;
    expect(await enter({ token })).toMatchObject({ ...required, body: { token } });
    expect(await enter({ token, mfaCode: wrong })).toMatchObject(invalid);
    const entered = await enter({ token, mfaCode: codeOf(secret) });
    expect(entered).toMatchObject({ status: 200, body: { is_new_user: false } });
    expect(await guest().as(entered.body.accessToken).get("/v1/auth/me")).toMatchObject({
      body: { id: person.id },
    });
    expect(await enter({ token, mfaCode: codeOf(secret, 1) })).toMatchObject({
      status: 401,
      code: "auth/invalid-oauth-code",
    });
  });

  test("the token that stands for an id token is good for one minute", async () => {
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

  test("a password reset leaves it on", async () => {
    const { person } = await confirmedPerson();
    await guest().post("/v1/auth/password/reset/request", { email: person.email });
    const { token } = linkOf(await mailTo(person.email, "reset-password"));
    const newPassword = "another long password";
    const reset = { email: person.email, token, newPassword };
    expect(await guest().post("/v1/auth/password/reset/confirm", reset)).toMatchObject({ status: 200 });
    expect(await signIn({ ...person, password: newPassword })).toMatchObject(required);
  });

  test("reauthentication asks as well", async () => {
    const { person, secret } = await protectedPerson();
    const prove = (mfaCode?: string) =>
      person.api.post("/v1/auth/reauthenticate", { password: person.password, ...(mfaCode && { mfaCode }) });
    expect(await prove()).toMatchObject(required);
    expect(await prove(wrong)).toMatchObject(invalid);
    expect(await prove(codeOf(secret))).toMatchObject({ status: 200 });
  });
});

// part: social-sign-in
test("M7: an account prepared in advance loses its second factor when the owner of the address comes by Google", async () => {
  const person = await newcomer();
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

describe("turning it off", () => {
  test("needs password and code, ends the other sessions and mails a notice", async () => {
    const { person, secret } = await protectedPerson();
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

  test("an admin may, not for themselves, and the owner is mailed", async () => {
    const { person } = await protectedPerson();
    const admin = await newcomer();
    const path = `/v1/users/${person.id}`;
    expect(await person.api.patch(path, { mfaEnabled: false })).toMatchObject({ status: 400 });
    expect(await admin.api.patch(path, { mfaEnabled: false })).toMatchObject({ status: 403 });
    await secretHolder().patch(`/v1/users/${admin.id}`, { role: "admin" });
    expect(await admin.api.patch(path, { mfaEnabled: true })).toMatchObject({ status: 400 });
    expect(await admin.api.patch(path, { mfaEnabled: false })).toMatchObject({
      status: 200,
      body: { mfaEnabled: false },
    });
    expect(await queuedMailsTo(person.email)).toContain("second-factor-removed");
    expect(await signIn(person)).toMatchObject({ status: 200 });
  });
});

test("M9: the database holds neither secret nor backup codes in clear", async () => {
  const { person, secret, backupCodes } = await protectedPerson();
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
test("M5: on pages social sign-in leads to the code field, and signs in once the code is right", async () => {
  const person = await newcomer();
  const { pathname, search } = linkOf(await mailTo(person.email, "verify-sign-up"));
  await guest().get(pathname.replace("/api", "") + search);
  const { secret } = await turnOn(person);
  const browser = new PlainBrowser();
  const left = await browser.send("/signin?returnTo=/me/profile", 'value="github"');
  const back = await visitProvider(leadsTo(left), stranger({ email: person.email }));
  const asked = await browser.get(back.href);
  expect(leadsTo(asked)).toBe("/signin/second-factor");
  expect(leadsTo(await browser.get("/me"))).toMatch(/^\/signin/);
  const refused = await browser.send("/signin/second-factor", 'name="code"', { code: wrong });
  expect(await refused.text()).toContain("This code is wrong");
  const entered = await browser.send("/signin/second-factor", 'name="code"', { code: codeOf(secret) });
  expect(leadsTo(entered)).toBe("/me/profile");
  expect(await browser.read("/me")).toContain(person.email);
});
// end of part: social-sign-in

test("M5: a first step that waits for the code ends with a change of the password", async () => {
  const { person, secret } = await protectedPerson();
  const browser = new PlainBrowser();
  expect(
    leadsTo(
      await browser.send("/signin", 'name="password"', {
        email: person.email,
        password: person.password,
      }),
    ),
  ).toBe("/signin/second-factor");
  const newPassword = "another long password";
  await person.api.post("/v1/auth/password/change", { currentPassword: person.password, newPassword });
  await browser.send("/signin/second-factor", 'name="code"', { code: codeOf(secret) });
  expect(leadsTo(await browser.get("/me"))).toMatch(/^\/signin/);
});
