import { Client } from "pg";
import { describe, expect, inject, test } from "vitest";
import type { TokenPair } from "@/lib/auth/sessions/contract";
import { isEmbedded } from "@/lib/database/embedded-address";
import { en } from "@/lib/i18n/messages/en";
import { newPassword } from "@/lib/testing/app/secrets";
import { type Caller, guest, withSecretKey } from "@/lib/testing/caller";
import { queryDatabase } from "@/lib/testing/database/query-database";
import { linkOf, mailTo, queuedMailsTo } from "@/lib/testing/mailbox";
import { newEmail, newUser, type Person, signInAgain } from "@/lib/testing/people";
import { leadsTo, PlainBrowser, shownBy } from "@/lib/testing/plain-browser";
import { codeFor, idTokenFor, stranger, visitProvider } from "@/lib/testing/social";

const reauthenticationRequired = { status: 403, code: "auth/reauthentication-required" };

/** Sets the user's last reauthentication to `interval` ago. */
async function ageProof(userId: string, interval: string): Promise<void> {
  await queryDatabase(
    `UPDATE "Session" SET "provedAt" = now() - $2::interval WHERE "userId" = $1`,
    userId,
    interval,
  );
}

async function userWithStaleProof(): Promise<Person> {
  const person = await newUser();
  await ageProof(person.id, "10 minutes 1 second");
  return person;
}

async function verifiedUser(): Promise<Person> {
  const person = await newUser();
  await fetch((await mailTo(person.email, "verify-sign-up")).link ?? "", { redirect: "manual" });
  return person;
}

const reauthenticate = (api: Caller, password: unknown, others = {}) =>
  api.post("/v1/auth/reauthenticate", { password, ...others });

const changeAddress = (api: Caller) => api.post("/v1/auth/email/verify/send", { email: newEmail() });

/** Changes the address of a user, and confirms the new one. @returns it. */
async function changeAndConfirmAddress({ api }: Person): Promise<string> {
  const email = newEmail();
  await api.post("/v1/auth/email/verify/send", { email });
  const { token } = linkOf(await mailTo(email, "verify-new-address"));
  const answer = await guest().post("/v1/auth/email/verify/confirm", { email, token });
  expect(answer).toMatchObject({ status: 200 });
  return email;
}

// part: social-sign-in
const redirectUri = `${inject("appUrl")}/app`;

const link = async (api: Caller) => {
  const code = await codeFor({ kind: "github", person: stranger(), redirectUri });
  return api.post("/v1/auth/accounts", { provider: "github", code, redirectUri });
};
// end of part: social-sign-in

/** Requests that add or remove a way to sign in, and their status after a recent reauthentication. */
const guarded: [string, (person: Person) => Promise<{ status: number }>, number][] = [
  ["a new email address", ({ api }) => changeAddress(api), 200],
  [
    "resending the link for a new email address",
    ({ api }) => api.post("/v1/auth/email/verify/resend", { email: newEmail() }),
    200,
  ],
  ["linking an account", ({ api }) => link(api), 201], // part: social-sign-in
  ["removing a sign-in method", ({ api }) => api.delete("/v1/auth/accounts/github"), 200], // part: social-sign-in
  ["deleting the account (/v1/auth/withdraw)", ({ api }) => api.delete("/v1/auth/withdraw"), 200],
  ["deleting the account (/v1/users)", ({ api, id }) => api.delete(`/v1/users/${id}`), 200],
];

describe("recent reauthentication, within ten minutes,", () => {
  test.each(guarded)("is required for %s, and is renewed by the password", async (_name, act, status) => {
    const person = await userWithStaleProof();
    expect(await act(person)).toMatchObject(reauthenticationRequired);
    expect(await reauthenticate(person.api, person.password)).toMatchObject({
      status: 200,
      body: { message: expect.any(String) },
    });
    expect(await act(person)).toMatchObject({ status });
  });

  test.each(guarded)("is still valid after nine minutes, for %s", async (_name, act, status) => {
    const person = await newUser();
    await ageProof(person.id, "9 minutes 30 seconds");
    expect(await act(person)).toMatchObject({ status });
  });

  test("is not renewed by a token refresh", async () => {
    const person = await userWithStaleProof();
    const { refreshToken } = person.tokens;
    const { body } = await guest().post<TokenPair>("/v1/auth/refresh", { refreshToken });
    expect(await changeAddress(guest().as(body.accessToken))).toMatchObject(reauthenticationRequired);
  });

  test("is renewed only in the session that reauthenticates, and by a new sign-in", async () => {
    const person = await newUser();
    const signIn = { method: "password", email: person.email, password: person.password };
    const { body: other } = await guest().post<TokenPair>("/v1/auth/email/signin", signIn);
    await ageProof(person.id, "1 hour");
    await reauthenticate(person.api, person.password);
    expect(await changeAddress(guest().as(other.accessToken))).toMatchObject(reauthenticationRequired);
    const { body: third } = await guest().post<TokenPair>("/v1/auth/email/signin", signIn);
    expect(await changeAddress(guest().as(third.accessToken))).toMatchObject({ status: 200 });
  });

  test("is not required for anything else: reading, writing, the current email address, or an admin's deletion of a user", async () => {
    const [person, other] = [await userWithStaleProof(), await newUser()];
    expect(await person.api.get("/v1/auth/me")).toMatchObject({ status: 200 });
    const article = { title: "T", content: "C" };
    expect(await person.api.post("/v1/data/articles", article)).toMatchObject({ status: 201 });
    const { email } = person;
    expect(await person.api.post("/v1/auth/email/verify/send", { email })).toMatchObject({ status: 200 });
    await withSecretKey().patch(`/v1/users/${person.id}`, { role: "admin" });
    expect(await person.api.delete(`/v1/users/${other.id}`)).toMatchObject({ status: 200 });
  });

  // part: social-sign-in
  test("is checked before an id token is consumed", async () => {
    const person = await userWithStaleProof();
    const idToken = await idTokenFor({ person: stranger() });
    const send = () => person.api.post("/v1/auth/accounts", { provider: "google", idToken });
    expect(await send()).toMatchObject(reauthenticationRequired);
    await reauthenticate(person.api, person.password);
    expect(await send()).toMatchObject({ status: 201 });
  });
  // end of part: social-sign-in
});

describe("reauthentication", () => {
  test("ignores a second-factor code for a user without a second factor", async () => {
    const { api, password } = await newUser();
    expect(await reauthenticate(api, password, { mfaCode: "123456" })).toMatchObject({ status: 200 });
  });

  test.each([
    ["a wrong password", "not it", 401, "auth/invalid-credentials"],
    ["an empty password", "", 401, "auth/invalid-credentials"],
    ["no password", undefined, 400, "common/validation-error"],
    ["an object as the password", { not: "" }, 400, "common/validation-error"],
  ])("rejects %s", async (_name, password, status, code) => {
    const person = await userWithStaleProof();
    expect(await reauthenticate(person.api, password)).toMatchObject({ status, code });
    expect(await changeAddress(person.api)).toMatchObject(reauthenticationRequired);
  });

  // The embedded database has one session, in which transactions do not overlap.
  test.skipIf(isEmbedded(inject("databaseUrl")))(
    "rejects a password that is being removed, and the session still ends with the passkey that opened it",
    async () => {
      const person = await newUser();
      await queryDatabase(`UPDATE "Session" SET "passkeyId" = 'phone' WHERE "userId" = $1`, person.id);
      const removal = new Client({ connectionString: inject("databaseUrl") });
      await removal.connect();
      const { rows } = await removal.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
      const isBlocking = async () =>
        (
          await queryDatabase(
            "SELECT FROM pg_stat_activity WHERE $1 = ANY(pg_blocking_pids(pid))",
            rows[0]?.pid,
          )
        ).length > 0;
      await removal.query("BEGIN");
      await removal.query(`UPDATE "User" SET "passwordHash" = NULL WHERE id = $1`, [person.id]);

      let isAnswered = false;
      const answer = reauthenticate(person.api, person.password).finally(() => {
        isAnswered = true;
      });
      await expect.poll(async () => isAnswered || (await isBlocking())).toBe(true);
      await removal.query("COMMIT");
      await removal.end();

      expect(await answer).toMatchObject({ status: 401, code: "auth/invalid-credentials" });
      const sessions = await queryDatabase(
        `SELECT "passkeyId" FROM "Session" WHERE "userId" = $1`,
        person.id,
      );
      expect(sessions).toEqual([{ passkeyId: "phone" }]);
    },
  );

  test("rejects a guest, and a user without a password", async () => {
    expect(await reauthenticate(guest(), "abc123")).toMatchObject({ status: 401, code: "auth/unauthorized" });
    const { id, api, password } = await newUser();
    await queryDatabase(`UPDATE "User" SET "passwordHash" = NULL WHERE id = $1`, id);
    expect(await reauthenticate(api, password)).toMatchObject({
      status: 401,
      code: "auth/invalid-credentials",
    });
  });

  test("is rate-limited like sign-in: a stolen token cannot be used to guess the password", async () => {
    const { api, password } = await userWithStaleProof();
    const answers = [];
    for (let tries = 1; tries <= 11; tries += 1) answers.push(await reauthenticate(api, `wrong ${tries}`));
    expect(answers.map(({ status }) => status)).toEqual([...Array(10).fill(401), 429]);
    expect(await reauthenticate(api, password)).toMatchObject({ status: 429 });
  });
});

/** Checks that username fields are read-only text, visually hidden and out of the tab order. @returns their values. */
function usernamesIn(html: string): (string | undefined)[] {
  const fields = (html.match(/<input [^>]*>/g) ?? []).filter((input) =>
    /autocomplete="username"/i.test(input),
  );
  for (const field of fields) {
    for (const attribute of [
      / type="text"/,
      / tabindex="-1"/i,
      / readonly/i,
      / aria-hidden="true"/,
      /sr-only/,
    ]) {
      expect(field).toMatch(attribute);
    }
  }
  return fields.map((field) => / value="([^"]*)"/.exec(field)?.[1]);
}

describe("reauthentication on pages without JavaScript", () => {
  async function signedInWithStaleProof(): Promise<{ person: Person; browser: PlainBrowser }> {
    const [person, browser] = [await newUser(), new PlainBrowser()];
    await browser.signIn(person);
    await ageProof(person.id, "1 hour");
    return { person, browser };
  }

  test("keeps the new email address that was typed before the password was requested", async () => {
    const { person, browser } = await signedInWithStaleProof();
    const email = newEmail();
    const asked = await browser.send("/me/address", 'autoComplete="email"', { email });
    expect(leadsTo(asked)).toMatch(/^\/reauthenticate\?returnTo=/);

    expect(usernamesIn(await browser.read(leadsTo(asked)))).toEqual([person.email]);
    const wrong = await browser.send(leadsTo(asked), 'name="password"', { password: "not it" });
    expect(await shownBy(wrong)).toContain(en.validation.wrongPassword);

    const back = await browser.send(leadsTo(asked), 'name="password"', { password: person.password });
    expect(back.status).toBe(303);
    expect(leadsTo(back)).toBe(`/me/address?${new URLSearchParams({ email })}`);
    const sent = await browser.send(leadsTo(back), 'autoComplete="email"');
    expect(leadsTo(sent)).toBe("/me/address?sent");
    await mailTo(email, "verify-new-address");
  });

  test("has a visually hidden username field for password managers in each password form", async () => {
    const [person, browser] = [await verifiedUser(), new PlainBrowser()];
    await browser.signIn(person);
    expect(usernamesIn(await browser.read("/me/password"))).toEqual([person.email]);

    await guest().post("/v1/auth/password/reset/request", { email: person.email });
    const { pathname, search } = linkOf(await mailTo(person.email, "reset-password"));
    expect(usernamesIn(await browser.read(pathname + search))).toEqual([person.email]);
  });

  test("protects the data export and the deletion of the account", async () => {
    const { person, browser } = await signedInWithStaleProof();
    expect(leadsTo(await browser.get("/me/data.json"))).toBe("/reauthenticate?returnTo=%2Fme%2Fdata");
    const page = await browser.read("/me/data");
    expect(page).not.toContain("/me/data.json");
    expect(page).not.toContain(en.data.delete);

    await ageProof(person.id, "1 minute");
    const form = await browser.read("/me/data");
    expect(form).toContain(en.data.delete);
    const exported = await browser.get("/me/data.json");
    expect(exported.headers.get("content-disposition")).toContain("my-data.json");
    await exported.text();
    await mailTo(person.email, "data-exported");
  });

  test("redirects only within this site, and skips the form after a recent reauthentication", async () => {
    const { person, browser } = await signedInWithStaleProof();
    const evil = `/reauthenticate?${new URLSearchParams({ returnTo: "//evil.example" })}`;
    const { password } = person;
    expect(leadsTo(await browser.send(evil, 'name="password"', { password }))).toBe("/me");
    expect(leadsTo(await browser.get("/reauthenticate?returnTo=/me/data"))).toBe("/me/data");
    expect(leadsTo(await new PlainBrowser().get("/reauthenticate?returnTo=/me/data"))).toMatch(/^\/signin\?/);
  });

  // part: social-sign-in
  test("uses the provider for a user without a password, and accepts only their own account", async () => {
    const [browser, person] = [new PlainBrowser(), stranger()];
    const signInWithGoogle = async (path: string, who = person) => {
      const address = leadsTo(await browser.send(path, 'value="google"'));
      return browser.get((await visitProvider(address, who)).href);
    };
    expect(leadsTo(await signInWithGoogle("/signin"))).toBe("/me");
    const [user] = await queryDatabase<{ id: string }>(
      `SELECT id FROM "User" WHERE email = $1`,
      person.email,
    );
    await ageProof(user?.id ?? "", "1 hour");

    const path = "/reauthenticate?returnTo=%2Fme%2Fdata";
    const rejected = await signInWithGoogle(path, stranger());
    expect(leadsTo(rejected)).toMatch(/^\/reauthenticate\?returnTo=%2Fme%2Fdata&error=/);
    expect(await browser.read(leadsTo(rejected))).toContain(en.social.otherAccount);
    expect(leadsTo(await signInWithGoogle(path))).toBe("/me/data");
    expect(await browser.read("/me/data")).toContain("/me/data.json");
    // No second session.
    expect(await queryDatabase(`SELECT 1 FROM "Session" WHERE "userId" = $1`, user?.id)).toHaveLength(1);
  });
  // end of part: social-sign-in
});

describe("the user gets an email", () => {
  test("when the account is deleted", async () => {
    const { api, email } = await newUser();
    await api.delete("/v1/auth/withdraw");
    await mailTo(email, "account-deleted");
  });

  // part: social-sign-in
  test("when a provider account is linked and when it is unlinked", async () => {
    const { api, email } = await newUser();
    await link(api);
    expect((await mailTo(email, "sign-in-method-added")).text).toContain("GitHub");
    await api.delete("/v1/auth/accounts/github");
    expect((await mailTo(email, "sign-in-method-removed")).text).toContain("GitHub");
  });

  test("when a provider account is linked by its email address", async () => {
    const { email } = await verifiedUser();
    const idToken = await idTokenFor({ person: stranger({ email }) });
    await guest().post("/v1/auth/google/callback", { idToken });
    expect((await mailTo(email, "sign-in-method-added")).text).toContain("Google");
  });
  // end of part: social-sign-in

  test("at most three times an hour of each kind at an unverified email address, which may be another person's", async () => {
    const email = newEmail();
    for (let round = 1; round <= 4; round += 1) {
      const person = await newUser({ email });
      // part: social-sign-in
      await link(person.api);
      await person.api.delete("/v1/auth/accounts/github");
      // end of part: social-sign-in
      await reuseRefreshToken(await signInAgain(person));
      const change = { currentPassword: person.password, newPassword: newPassword() };
      expect(await person.api.post("/v1/auth/password/change", change)).toMatchObject({ status: 200 });
      await changeAndConfirmAddress(person);
    }
    const notices = (await queuedMailsTo(email)).filter((template) => template !== "verify-sign-up");
    const counts = [...new Set(notices)].map((kind) => [kind, notices.filter((one) => one === kind).length]);
    expect(Object.fromEntries(counts)).toEqual({
      "sign-in-method-added": 3, // part: social-sign-in
      "sign-in-method-removed": 3, // part: social-sign-in
      "token-reused": 3,
      "password-changed": 3,
      "address-changed": 3,
    });
  });

  /** Ends the session, as reusing a token does that was rotated twice. */
  async function reuseRefreshToken({ refreshToken: first }: TokenPair): Promise<void> {
    const refresh = async (refreshToken: string) =>
      guest().post<TokenPair>("/v1/auth/refresh", { refreshToken });
    const second = await refresh(first);
    expect(await refresh(second.body.refreshToken)).toMatchObject({ status: 200 });
    expect(await refresh(first)).toMatchObject({ status: 401 });
  }
});

describe("a changed email address", () => {
  async function changedAddress(whose = verifiedUser()) {
    const person = await whose;
    const other = await signInAgain(person);
    const newAddress = await changeAndConfirmAddress(person);
    const undo = linkOf(await mailTo(person.email, "address-changed"));
    return { person, other: guest().as(other.accessToken), newAddress, undo };
  }

  const pathOf = ({ pathname, search }: URL) => pathname + search;
  const submitUndo = (undo: URL) => new PlainBrowser().send(pathOf(undo), 'name="token"');
  const addressOf = async (id: string) =>
    (await withSecretKey().get<{ email: string; emailVerified: boolean }>(`/v1/users/${id}`)).body;

  test("ends every session except the one that changed it", async () => {
    const { person, other } = await changedAddress();
    expect(await person.api.get("/v1/auth/me")).toMatchObject({ status: 200 });
    expect(await other.get("/v1/auth/me")).toMatchObject({ status: 401, code: "auth/invalid-token" });
  });

  test("is undone, once, by the button behind the link emailed to the old address", async () => {
    const { person, newAddress, undo } = await changedAddress();
    // Linked accounts and pending tokens are removed with it.
    await link(person.api); // part: social-sign-in
    await person.api.post("/v1/auth/email/verify/send", { email: newEmail() });
    const browser = new PlainBrowser();
    const page = await browser.get(pathOf(undo));
    expect(page.headers.get("referrer-policy")).toBe("no-referrer");
    expect(await addressOf(person.id)).toMatchObject({ email: newAddress });

    const done = await submitUndo(undo);
    expect(leadsTo(done)).toMatch(/^\/undo-address-change\?done=/);
    expect(await browser.read(leadsTo(done))).toContain("choose a new one now");
    expect(await addressOf(person.id)).toMatchObject({ email: person.email, emailVerified: true });
    expect(await person.api.get("/v1/auth/me")).toMatchObject({ status: 401 });
    expect(await queryDatabase(`SELECT 1 FROM "EmailToken" WHERE "userId" = $1`, person.id)).toEqual([]);
    expect(await queryDatabase(`SELECT 1 FROM "Account" WHERE "userId" = $1`, person.id)).toEqual([]);
    expect(await browser.read(pathOf(undo))).toContain(en.undoAddress.invalidTitle);

    await browser.send(leadsTo(done), `value="${person.email}"`);
    await mailTo(person.email, "reset-password");
  });

  test("is undone to an address that was never verified as it was: its reader gets no link to reset the password", async () => {
    const { person, undo } = await changedAddress(newUser());
    expect((await submitUndo(undo)).status).toBe(303);
    expect(await addressOf(person.id)).toMatchObject({ email: person.email, emailVerified: false });
    expect(await person.api.get("/v1/auth/me")).toMatchObject({ status: 401 });
    await guest().post("/v1/auth/password/reset/request", { email: person.email });
    await mailTo(person.email, "verify-sign-up", 2);
    expect(await queuedMailsTo(person.email)).not.toContain("reset-password");
  });

  test("does not take an address that was never verified from the account that has it now", async () => {
    const { person, newAddress, undo } = await changedAddress(newUser());
    const holder = await newUser({ email: person.email });
    expect(await shownBy(await submitUndo(undo))).toContain(en.errors["auth/email-already-exists"]);
    expect(await addressOf(person.id)).toMatchObject({ email: newAddress });
    expect(await holder.api.get("/v1/auth/me")).toMatchObject({ status: 200 });
  });

  test("is undone once by twenty concurrent submits", async () => {
    const { undo } = await changedAddress();
    const answers = await Promise.all(Array.from({ length: 20 }, () => submitUndo(undo).catch(() => null)));
    expect(answers.filter((answer) => answer?.status === 303)).toHaveLength(1);
  });

  test("can be undone for 72 hours, by a token that is stored only as a hash", async () => {
    const { person, undo } = await changedAddress();
    const rows = await queryDatabase(`SELECT * FROM "AddressUndo" WHERE "userId" = $1`, person.id);
    expect(JSON.stringify(rows)).not.toContain(undo.token);
    await queryDatabase(
      `UPDATE "AddressUndo" SET "expiresAt" = "expiresAt" - interval '72 hours' WHERE "userId" = $1`,
      person.id,
    );
    expect(await new PlainBrowser().read(pathOf(undo))).toContain("This link has expired");
  });

  test("that was changed twice can be undone step by step back to the first, even after a password reset", async () => {
    const { person, newAddress, undo } = await changedAddress();
    const third = await changeAndConfirmAddress(person);
    const second = linkOf(await mailTo(newAddress, "address-changed"));
    await guest().post("/v1/auth/password/reset/request", { email: third });
    const { token } = linkOf(await mailTo(third, "reset-password"));
    const reset = { email: third, token, newPassword: "another password" };
    expect(await guest().post("/v1/auth/password/reset/confirm", reset)).toMatchObject({ status: 200 });

    expect((await submitUndo(second)).status).toBe(303);
    expect(await addressOf(person.id)).toMatchObject({ email: newAddress });
    expect((await submitUndo(undo)).status).toBe(303);
    expect(await addressOf(person.id)).toMatchObject({ email: person.email });
  });

  test("is undone even if an unverified account was created with the old address", async () => {
    const { person, undo } = await changedAddress();
    const squatter = await newUser({ email: person.email });
    expect((await submitUndo(undo)).status).toBe(303);
    expect(await addressOf(person.id)).toMatchObject({ email: person.email });
    expect(await squatter.api.get("/v1/auth/me")).toMatchObject({ status: 401 });
  });

  test("is not undone if the old address now belongs to another verified account", async () => {
    const { person, newAddress, undo } = await changedAddress();
    const owner = await newUser({ email: person.email });
    await fetch((await mailTo(owner.email, "verify-sign-up", 2)).link ?? "", { redirect: "manual" });
    expect(await shownBy(await submitUndo(undo))).toContain(en.errors["auth/email-already-exists"]);
    expect(await addressOf(person.id)).toMatchObject({ email: newAddress });
    expect(await owner.api.get("/v1/auth/me")).toMatchObject({ status: 200 });
  });
});
