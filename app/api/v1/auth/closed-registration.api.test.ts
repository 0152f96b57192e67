import { randomBytes } from "node:crypto";
import { Client, type QueryResultRow } from "pg";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import type { TokenPair } from "@/lib/auth/sessions/contract";
import { hashSecret } from "@/lib/crypto/secrets";
import { en } from "@/lib/i18n/messages/en";
import { testSettings } from "@/lib/testing/app/settings";
import { startTestApp, type TestApp } from "@/lib/testing/app/start-test-app";
import { Caller, freshAddress } from "@/lib/testing/caller";
import { linkOf, mailTo } from "@/lib/testing/mailbox";
import { newEmail } from "@/lib/testing/people";
import { PlainBrowser } from "@/lib/testing/plain-browser";
import { socialSettings } from "@/lib/testing/servers/social-provider";
import { codeFor, stranger, visitProvider } from "@/lib/testing/social";

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp({
    ...socialSettings(inject("socialProviderUrl")), // part: social-sign-in
    REGISTRATION: "closed",
  });
}, 120_000);

afterAll(() => app.stop());

const visitor = () =>
  new Caller({ "X-API-Key": testSettings.PUBLISHABLE_KEY, "X-Forwarded-For": freshAddress() }, app.url);

async function sql<Row extends QueryResultRow>(statement: string, ...values: unknown[]): Promise<Row[]> {
  const client = new Client({ connectionString: app.database.url });
  await client.connect();
  try {
    return (await client.query<Row>(statement, values)).rows;
  } finally {
    await client.end();
  }
}

async function invite(email: string): Promise<string> {
  const { body } = await visitor()
    .with({ "X-API-Key": testSettings.SECRET_KEY })
    .post<{ id: string }>("/v1/auth/invitations", { email, role: "guest" });
  const token = randomBytes(32).toString("base64url");
  await sql(`UPDATE "Invitation" SET "tokenHash" = $1 WHERE id = $2`, hashSecret(token), body.id);
  return token;
}

const signUp = (email: string, fields: Record<string, unknown> = {}) =>
  visitor().post<TokenPair>("/v1/auth/email/signup", {
    method: "password",
    email,
    password: "abc123",
    name: "홍길동",
    ...fields,
  });

async function expectNothingStoredFor(email: string): Promise<void> {
  const left = await sql(
    `SELECT (SELECT count(*)::int FROM "User" WHERE email = $1) AS users,
            (SELECT count(*)::int FROM "MagicLink" WHERE email = $1) AS links,
            (SELECT count(*)::int FROM "OutboxMail" WHERE "to" = $1 AND NOT "isDecoy") AS mails`,
    email,
  );
  expect(left).toEqual([{ users: 0, links: 0, mails: 0 }]);
}

test("closed registration rejects sign-up by password, and sends an unknown email address no sign-in link", async () => {
  const email = newEmail();
  expect(await signUp(email)).toMatchObject({ status: 403, code: "auth/registration-closed" });
  await expectNothingStoredFor(email);

  const known = newEmail();
  const token = await invite(known);
  expect((await signUp(known, { invitationToken: token })).status).toBe(201);
  const link = { method: "magiclink", callbackUrl: app.url };
  const [forUnknown, forUser] = [
    await visitor().post<object>("/v1/auth/email/signin", { ...link, email }),
    await visitor().post<object>("/v1/auth/email/signin", { ...link, email: known }),
  ];
  expect(forUnknown.body).toEqual({ ...forUser.body, email });
  const links = (address: string) => sql(`SELECT email FROM "MagicLink" WHERE email = $1`, address);
  await expect.poll(() => links(known)).toHaveLength(1);
  await expect.poll(() => app.output()).toContain("mail.discarded");
  await expectNothingStoredFor(email);
});

test("a request without the invitation leaves the sign-in link of an invited user working", async () => {
  const email = newEmail();
  const link = { method: "magiclink", email, callbackUrl: app.url };
  const invitationToken = await invite(email);
  const asked = await visitor().post("/v1/auth/email/signup", { ...link, invitationToken });
  expect(asked).toMatchObject({ status: 201 });
  const { token } = linkOf(await mailTo(email, "magic-link", 1, app.database.dataDir));

  expect(await visitor().post("/v1/auth/email/signin", link)).toMatchObject({ status: 200 });
  const decoys = () => sql(`SELECT id FROM "OutboxMail" WHERE "to" = $1 AND "isDecoy"`, email);
  await expect.poll(decoys).toHaveLength(1);
  const { status, body } = await visitor().post<TokenPair>("/v1/auth/email/callback", { token });
  expect(status).toBe(200);
  expect(await visitor().as(body.accessToken).get("/v1/auth/me")).toMatchObject({
    body: { email, role: "guest" },
  });
});

// part: social-sign-in
test.each(["google", "github"] as const)("closed registration rejects new users of %s", async (kind) => {
  const person = stranger();
  const redirectUri = `${app.url}/app`;
  const code = await codeFor({ kind, person, redirectUri });
  const answer = await visitor().post(`/v1/auth/${kind}/callback`, { code, redirectUri });
  expect(answer).toMatchObject({ status: 403, code: "auth/registration-closed" });
  await expectNothingStoredFor(person.email ?? "");
});
// end of part: social-sign-in

test("a link that was emailed before registration closed creates no account", async () => {
  const [email, token] = [newEmail(), randomBytes(32).toString("base64url")];
  await sql(
    `INSERT INTO "MagicLink" (email, "tokenHash", "expiresAt") VALUES ($1, $2, now() + interval '1 minute')`,
    email,
    hashSecret(token),
  );
  for (let attempt = 1; attempt <= 2; attempt += 1) {
    const answer = await visitor().post("/v1/auth/email/callback", { token });
    expect(answer).toMatchObject({ status: 403, code: "auth/registration-closed" });
  }
  expect(await sql(`SELECT id FROM "User" WHERE email = $1`, email)).toEqual([]);
});

test("an invited user whose sign-in link has expired requests another one from its page", async () => {
  const email = newEmail();
  const path = `/magic-link?${new URLSearchParams({ invitation: await invite(email), email })}`;
  const browser = new PlainBrowser(app.url);
  const asked = await browser.send(path, 'name="email"');
  const [, cookieSeconds] = /magic-link=.*?Max-Age=(\d+)/.exec(asked.headers.getSetCookie().join("\n")) ?? [];
  expect(Number(cookieSeconds)).toBeGreaterThan(24 * 3600);

  const token = randomBytes(32).toString("base64url");
  const expire = () =>
    sql(
      `UPDATE "MagicLink" SET "tokenHash" = $1, "expiresAt" = now() WHERE email = $2 RETURNING email`,
      hashSecret(token),
      email,
    );
  await expect.poll(expire).toHaveLength(1);
  const page = await browser.read(`/magic-link?token=${token}`);
  expect(page).toContain(en.magicLink.expiredTitle);
  const [, again = ""] = /href="(\/magic-link[^"]*)"/.exec(page) ?? [];
  await browser.send(again.replaceAll("&amp;", "&"), 'name="email"');
  const links = () =>
    sql(`SELECT id FROM "OutboxMail" WHERE "to" = $1 AND template = 'magic-link' AND NOT "isDecoy"`, email);
  await expect.poll(links).toHaveLength(2);
});

test("pages with closed registration say so instead of showing a form, and do not link to sign-up", async () => {
  const browser = new PlainBrowser(app.url);
  const page = await browser.read("/signup");
  expect(page).toContain("Registration is closed");
  expect(page).not.toContain('name="password"');
  for (const path of ["/", "/signin"]) expect(await browser.read(path)).not.toContain('href="/signup"');
  expect(await browser.read("/signup?invitation=x&email=a@example.com")).toContain(
    "This invitation does not work",
  );
});

// part: social-sign-in
test("an invited user signs up with a provider only if its email address is the invited one", async () => {
  const email = newEmail();
  const token = await invite(email);
  const page = `/signup?${new URLSearchParams({ invitation: token, email })}`;
  const signUpWith = async (person: Parameters<typeof visitProvider>[1]) => {
    const browser = new PlainBrowser(app.url);
    const started = await browser.send(page, 'value="github"');
    const back = await visitProvider(started.headers.get("location") ?? "", person);
    const { pathname, search } = new URL(
      (await browser.get(back.href)).headers.get("location") ?? "",
      app.url,
    );
    return pathname + search;
  };
  const other = stranger();
  expect(await signUpWith(other)).toBe("/signin?error=auth%2Finvalid-token");
  await expectNothingStoredFor(other.email ?? "");
  expect(await signUpWith(stranger({ email }))).toBe("/me");
  expect(await sql(`SELECT role::text FROM "User" WHERE email = $1`, email)).toEqual([{ role: "guest" }]);
});
// end of part: social-sign-in
