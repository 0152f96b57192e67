import { describe, expect, inject, test } from "vitest";
import type { TokenPair } from "@/lib/auth/sessions/contract";
import { en } from "@/lib/i18n/messages/en";
import { type Caller, guest, secretHolder } from "@/lib/testing/caller";
import { queryDatabase } from "@/lib/testing/database/query-database";
import { linkOf, mailTo, queuedMailsTo } from "@/lib/testing/mailbox";
import { newcomer, newEmail, type Person } from "@/lib/testing/people";
import { leadsTo, PlainBrowser } from "@/lib/testing/plain-browser";
import { codeFor, idTokenFor, stranger, visitProvider } from "@/lib/testing/social";

const needed = { status: 403, code: "auth/reauthentication-required" };

/** Makes the last proof of a user so old. */
async function age(userId: string, interval: string): Promise<void> {
  await queryDatabase(
    `UPDATE "Session" SET "provedAt" = now() - $2::interval WHERE "userId" = $1`,
    userId,
    interval,
  );
}

async function stalePerson(): Promise<Person> {
  const person = await newcomer();
  await age(person.id, "10 minutes 1 second");
  return person;
}

const reauthenticate = (api: Caller, password: unknown, others = {}) =>
  api.post("/v1/auth/reauthenticate", { password, ...others });

const changeAddress = (api: Caller) => api.post("/v1/auth/email/verify/send", { email: newEmail() });

// part: social-sign-in
const redirectUri = `${inject("appUrl")}/app`;

const link = async (api: Caller) => {
  const code = await codeFor({ kind: "github", person: stranger(), redirectUri });
  return api.post("/v1/auth/accounts", { provider: "github", code, redirectUri });
};
// end of part: social-sign-in

/** What gives or takes a way into an account, and what it is answered with a fresh proof. */
const guarded: [string, (person: Person) => Promise<{ status: number }>, number][] = [
  ["a new address", ({ api }) => changeAddress(api), 200],
  [
    "a new address asked for again",
    ({ api }) => api.post("/v1/auth/email/verify/resend", { email: newEmail() }),
    200,
  ],
  ["linking an account", ({ api }) => link(api), 201], // part: social-sign-in
  ["removing a sign-in method", ({ api }) => api.delete("/v1/auth/accounts/github"), 200], // part: social-sign-in
  ["withdrawing", ({ api }) => api.delete("/v1/auth/withdraw"), 200],
  ["deleting oneself", ({ api, id }) => api.delete(`/v1/users/${id}`), 200],
];

describe("a proof older than ten minutes", () => {
  test.each(guarded)("does not do for %s; the password renews it", async (_name, act, status) => {
    const person = await stalePerson();
    expect(await act(person)).toMatchObject(needed);
    expect(await reauthenticate(person.api, person.password)).toMatchObject({
      status: 200,
      body: { message: expect.any(String) },
    });
    expect(await act(person)).toMatchObject({ status });
  });

  test.each(guarded)("is not there yet after nine minutes, for %s", async (_name, act, status) => {
    const person = await newcomer();
    await age(person.id, "9 minutes 30 seconds");
    expect(await act(person)).toMatchObject({ status });
  });

  test("is not renewed by a refresh", async () => {
    const person = await stalePerson();
    const { refreshToken } = person.tokens;
    const { body } = await guest().post<TokenPair>("/v1/auth/refresh", { refreshToken });
    expect(await changeAddress(guest().as(body.accessToken))).toMatchObject(needed);
  });

  test("is renewed in the session that proved it alone, and by signing in anew", async () => {
    const person = await newcomer();
    const signIn = { method: "password", email: person.email, password: person.password };
    const { body: other } = await guest().post<TokenPair>("/v1/auth/email/signin", signIn);
    await age(person.id, "1 hour");
    await reauthenticate(person.api, person.password);
    expect(await changeAddress(guest().as(other.accessToken))).toMatchObject(needed);
    const { body: third } = await guest().post<TokenPair>("/v1/auth/email/signin", signIn);
    expect(await changeAddress(guest().as(third.accessToken))).toMatchObject({ status: 200 });
  });

  test("does for everything else: reading, writing, the present address, and an admin's deletion of another", async () => {
    const [person, other] = [await stalePerson(), await newcomer()];
    expect(await person.api.get("/v1/auth/me")).toMatchObject({ status: 200 });
    const article = { title: "T", content: "C" };
    expect(await person.api.post("/v1/data/articles", article)).toMatchObject({ status: 201 });
    const { email } = person;
    expect(await person.api.post("/v1/auth/email/verify/send", { email })).toMatchObject({ status: 200 });
    await secretHolder().patch(`/v1/users/${person.id}`, { role: "admin" });
    expect(await person.api.delete(`/v1/users/${other.id}`)).toMatchObject({ status: 200 });
  });

  // part: social-sign-in
  test("refuses before an id token is used up", async () => {
    const person = await stalePerson();
    const idToken = await idTokenFor({ person: stranger() });
    const send = () => person.api.post("/v1/auth/accounts", { provider: "google", idToken });
    expect(await send()).toMatchObject(needed);
    await reauthenticate(person.api, person.password);
    expect(await send()).toMatchObject({ status: 201 });
  });
  // end of part: social-sign-in
});

describe("reauthentication", () => {
  test("takes a second factor's code and ignores it for an account without one", async () => {
    const { api, password } = await newcomer();
    expect(await reauthenticate(api, password, { mfaCode: "123456" })).toMatchObject({ status: 200 });
  });

  test.each([
    ["a wrong password", "not it", 401, "auth/invalid-credentials"],
    ["an empty one", "", 401, "auth/invalid-credentials"],
    ["no password", undefined, 400, "common/validation-error"],
    ["an object", { not: "" }, 400, "common/validation-error"],
  ])("refuses %s", async (_name, password, status, code) => {
    const person = await stalePerson();
    expect(await reauthenticate(person.api, password)).toMatchObject({ status, code });
    expect(await changeAddress(person.api)).toMatchObject(needed);
  });

  test("refuses a guest, and a user without a password", async () => {
    expect(await reauthenticate(guest(), "abc123")).toMatchObject({ status: 401, code: "auth/unauthorized" });
    const { id, api, password } = await newcomer();
    await queryDatabase(`UPDATE "User" SET "passwordHash" = NULL WHERE id = $1`, id);
    expect(await reauthenticate(api, password)).toMatchObject({
      status: 401,
      code: "auth/invalid-credentials",
    });
  });

  test("is limited like sign-in: a stolen token does not guess the password", async () => {
    const { api, password } = await stalePerson();
    const answers = [];
    for (let tries = 1; tries <= 11; tries += 1) answers.push(await reauthenticate(api, `wrong ${tries}`));
    expect(answers.map(({ status }) => status)).toEqual([...Array(10).fill(401), 429]);
    expect(await reauthenticate(api, password)).toMatchObject({ status: 429 });
  });
});

/** @returns the values of the fields that name a user, all of which must be text, out of sight and of the tab order. */
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

describe("on pages without JavaScript", () => {
  async function browsing(): Promise<{ person: Person; browser: PlainBrowser }> {
    const [person, browser] = [await newcomer(), new PlainBrowser()];
    await browser.signIn(person);
    await age(person.id, "1 hour");
    return { person, browser };
  }

  test("a new address that was typed is there again after the password was asked for", async () => {
    const { person, browser } = await browsing();
    const email = newEmail();
    const asked = await browser.send("/me/address", 'autoComplete="email"', { email });
    expect(leadsTo(asked)).toMatch(/^\/reauthenticate\?returnTo=/);

    expect(usernamesIn(await browser.read(leadsTo(asked)))).toEqual([person.email]);
    const wrong = await browser.send(leadsTo(asked), 'name="password"', { password: "not it" });
    expect(await wrong.text()).toContain(en.validation.wrongPassword);

    const back = await browser.send(leadsTo(asked), 'name="password"', { password: person.password });
    expect(back.status).toBe(303);
    expect(leadsTo(back)).toBe(`/me/address?${new URLSearchParams({ email })}`);
    const sent = await browser.send(leadsTo(back), 'autoComplete="email"');
    expect(leadsTo(sent)).toBe("/me/address?sent");
    await mailTo(email, "verify-new-address");
  });

  test("a form for a password names its user in a visually hidden text field for password managers", async () => {
    const [person, browser] = [await newcomer(), new PlainBrowser()];
    await browser.signIn(person);
    expect(usernamesIn(await browser.read("/me/password"))).toEqual([person.email]);

    await fetch((await mailTo(person.email, "verify-sign-up")).link ?? "", { redirect: "manual" });
    await guest().post("/v1/auth/password/reset/request", { email: person.email });
    const { pathname, search } = linkOf(await mailTo(person.email, "reset-password"));
    expect(usernamesIn(await browser.read(pathname + search))).toEqual([person.email]);
  });

  test("the data and the deletion of the account are behind it", async () => {
    const { person, browser } = await browsing();
    expect(leadsTo(await browser.get("/me/data.json"))).toBe("/reauthenticate?returnTo=%2Fme%2Fdata");
    const page = await browser.read("/me/data");
    expect(page).not.toContain("/me/data.json");
    expect(page).not.toContain(en.data.delete);

    await age(person.id, "1 minute");
    const form = await browser.read("/me/data");
    expect(form).toContain(en.data.delete);
    const exported = await browser.get("/me/data.json");
    expect(exported.headers.get("content-disposition")).toContain("my-data.json");
    await exported.text();
    await mailTo(person.email, "data-exported");
  });

  test("the page leads nowhere but to this site, and a fresh proof goes straight on", async () => {
    const { person, browser } = await browsing();
    const evil = `/reauthenticate?${new URLSearchParams({ returnTo: "//evil.example" })}`;
    const { password } = person;
    expect(leadsTo(await browser.send(evil, 'name="password"', { password }))).toBe("/me");
    expect(leadsTo(await browser.get("/reauthenticate?returnTo=/me/data"))).toBe("/me/data");
    expect(leadsTo(await new PlainBrowser().get("/reauthenticate?returnTo=/me/data"))).toMatch(/^\/signin\?/);
  });

  // part: social-sign-in
  test("a user without a password proves it by the provider, and by no account but their own", async () => {
    const [browser, person] = [new PlainBrowser(), stranger()];
    const comeBack = async (path: string, who = person) => {
      const address = leadsTo(await browser.send(path, 'value="google"'));
      return browser.get((await visitProvider(address, who)).href);
    };
    expect(leadsTo(await comeBack("/signin"))).toBe("/me");
    const [user] = await queryDatabase<{ id: string }>(
      `SELECT id FROM "User" WHERE email = $1`,
      person.email,
    );
    await age(user?.id ?? "", "1 hour");

    const path = "/reauthenticate?returnTo=%2Fme%2Fdata";
    const refused = await comeBack(path, stranger());
    expect(leadsTo(refused)).toMatch(/^\/reauthenticate\?returnTo=%2Fme%2Fdata&error=/);
    expect(await browser.read(leadsTo(refused))).toContain(en.social.otherAccount);
    expect(leadsTo(await comeBack(path))).toBe("/me/data");
    expect(await browser.read("/me/data")).toContain("/me/data.json");
    // The session is the one of before.
    expect(await queryDatabase(`SELECT 1 FROM "Session" WHERE "userId" = $1`, user?.id)).toHaveLength(1);
  });
  // end of part: social-sign-in
});

describe("the owner is mailed", () => {
  test("when the account is deleted", async () => {
    const { api, email } = await newcomer();
    await api.delete("/v1/auth/withdraw");
    await mailTo(email, "account-deleted");
  });

  // part: social-sign-in
  test("when an account is linked and when it is removed", async () => {
    const { api, email } = await newcomer();
    await link(api);
    expect((await mailTo(email, "sign-in-method-added")).text).toContain("GitHub");
    await api.delete("/v1/auth/accounts/github");
    expect((await mailTo(email, "sign-in-method-removed")).text).toContain("GitHub");
  });

  test("when an account is joined by its address at the provider", async () => {
    const { email } = await newcomer();
    await fetch((await mailTo(email, "verify-sign-up")).link ?? "", { redirect: "manual" });
    const idToken = await idTokenFor({ person: stranger({ email }) });
    await guest().post("/v1/auth/google/callback", { idToken });
    expect((await mailTo(email, "sign-in-method-added")).text).toContain("Google");
  });

  test("three times an hour where the address was never confirmed, since it may be a stranger's", async () => {
    const { api, email } = await newcomer();
    for (let round = 1; round <= 4; round += 1) {
      await link(api);
      await api.delete("/v1/auth/accounts/github");
    }
    const notices = (await queuedMailsTo(email)).filter((template) => template.startsWith("sign-in-method"));
    expect(notices).toHaveLength(6);
  });
  // end of part: social-sign-in
});

describe("a changed address", () => {
  async function moved() {
    const person = await newcomer();
    const signIn = { method: "password", email: person.email, password: person.password };
    const other = (await guest().post<TokenPair>("/v1/auth/email/signin", signIn)).body;
    const newAddress = await move(person, person.email);
    const mail = await mailTo(person.email, "address-changed");
    return { person, other: guest().as(other.accessToken), newAddress, mail, undo: linkOf(mail) };
  }

  async function move({ api }: Person, from: string): Promise<string> {
    const to = newEmail();
    await api.post("/v1/auth/email/verify/send", { email: to });
    const { token } = linkOf(await mailTo(to, "verify-new-address"));
    const answer = await guest().post("/v1/auth/email/verify/confirm", { email: to, token });
    expect(answer).toMatchObject({ status: 200 });
    await mailTo(from, "address-changed");
    return to;
  }

  const pathOf = ({ pathname, search }: URL) => pathname + search;
  const press = (undo: URL) => new PlainBrowser().send(pathOf(undo), 'name="token"');
  const addressOf = async (id: string) =>
    (await secretHolder().get<{ email: string; emailVerified: boolean }>(`/v1/users/${id}`)).body;

  test("ends every session but the one that asked", async () => {
    const { person, other } = await moved();
    expect(await person.api.get("/v1/auth/me")).toMatchObject({ status: 200 });
    expect(await other.get("/v1/auth/me")).toMatchObject({ status: 401, code: "auth/invalid-token" });
  });

  test("is undone by the button behind the link of the mail to the old one, once", async () => {
    const { person, newAddress, undo } = await moved();
    // What was under way for the account dies with it.
    await link(person.api); // part: social-sign-in
    await person.api.post("/v1/auth/email/verify/send", { email: newEmail() });
    const browser = new PlainBrowser();
    const page = await browser.get(pathOf(undo));
    expect(page.headers.get("referrer-policy")).toBe("no-referrer");
    expect(await addressOf(person.id)).toMatchObject({ email: newAddress });

    const done = await press(undo);
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

  test("is undone once by twenty presses at once", async () => {
    const { undo } = await moved();
    const answers = await Promise.all(Array.from({ length: 20 }, () => press(undo).catch(() => null)));
    expect(answers.filter((answer) => answer?.status === 303)).toHaveLength(1);
  });

  test("is undone for 72 hours, and its token stands in the database as a hash alone", async () => {
    const { person, undo } = await moved();
    const rows = await queryDatabase(`SELECT * FROM "AddressUndo" WHERE "userId" = $1`, person.id);
    expect(JSON.stringify(rows)).not.toContain(undo.token);
    await queryDatabase(
      `UPDATE "AddressUndo" SET "expiresAt" = "expiresAt" - interval '72 hours' WHERE "userId" = $1`,
      person.id,
    );
    expect(await new PlainBrowser().read(pathOf(undo))).toContain("This link has expired");
  });

  test("twice is undone by the first owner, whatever came later; a reset does not stop them", async () => {
    const { person, newAddress, undo } = await moved();
    const third = await move(person, newAddress);
    const second = linkOf(await mailTo(newAddress, "address-changed"));
    await guest().post("/v1/auth/password/reset/request", { email: third });
    const { token } = linkOf(await mailTo(third, "reset-password"));
    const reset = { email: third, token, newPassword: "another password" };
    expect(await guest().post("/v1/auth/password/reset/confirm", reset)).toMatchObject({ status: 200 });

    expect((await press(second)).status).toBe(303);
    expect(await addressOf(person.id)).toMatchObject({ email: newAddress });
    expect((await press(undo)).status).toBe(303);
    expect(await addressOf(person.id)).toMatchObject({ email: person.email });
  });

  test("is undone also where another account was opened with the old one and never confirmed", async () => {
    const { person, undo } = await moved();
    const squatter = await newcomer({ email: person.email });
    expect((await press(undo)).status).toBe(303);
    expect(await addressOf(person.id)).toMatchObject({ email: person.email });
    expect(await squatter.api.get("/v1/auth/me")).toMatchObject({ status: 401 });
  });

  test("stays where the owner of the old one has confirmed another account meanwhile", async () => {
    const { person, newAddress, undo } = await moved();
    const owner = await newcomer({ email: person.email });
    await fetch((await mailTo(owner.email, "verify-sign-up", 2)).link ?? "", { redirect: "manual" });
    expect(await (await press(undo)).text()).toContain(en.errors["auth/email-already-exists"]);
    expect(await addressOf(person.id)).toMatchObject({ email: newAddress });
    expect(await owner.api.get("/v1/auth/me")).toMatchObject({ status: 200 });
  });
});
