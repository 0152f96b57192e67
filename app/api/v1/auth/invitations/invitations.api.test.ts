import { randomUUID } from "node:crypto";
import { describe, expect, inject, test } from "vitest";
import type { TokenPair } from "@/lib/auth/sessions/contract";
import { en } from "@/lib/i18n/messages/en";
import { guest, withSecretKey } from "@/lib/testing/caller";
import { queryDatabase } from "@/lib/testing/database/query-database";
import { linkOf, mailTo, queuedMailsTo } from "@/lib/testing/mailbox";
import { newEmail, newUser } from "@/lib/testing/people";
import { PlainBrowser, shownBy } from "@/lib/testing/plain-browser";

type Invitation = { id: string; email: string; status: string };
type List = { items: Invitation[]; pagination: { total: number } };
type Me = { email: string; name: string; emailVerified: boolean; role: string };

const subject = /You are invited/;

const invite = (fields: Record<string, unknown>, caller = withSecretKey()) =>
  caller.post<Invitation>("/v1/auth/invitations", fields);

const signUp = (email: string, invitationToken: string) =>
  guest().post<TokenPair>("/v1/auth/email/signup", {
    method: "password",
    email,
    password: "abc123",
    name: "김민지",
    invitationToken,
  });

const meOf = async ({ accessToken }: TokenPair) =>
  (await guest().as(accessToken).get<Me>("/v1/auth/me")).body;

async function invited(fields: Record<string, unknown> = {}, count = 1) {
  const email = newEmail();
  const { body } = await invite({ email, ...fields });
  return { ...body, token: tokenOf(await mailTo(email, subject, count)) };
}

const tokenOf = (mail: Awaited<ReturnType<typeof mailTo>>) =>
  linkOf(mail).searchParams.get("invitation") ?? "";

async function admin() {
  const person = await newUser();
  await queryDatabase(`UPDATE "User" SET role = 'admin' WHERE id = $1`, person.id);
  return person;
}

test("an admin invites a user, whose account is verified and has the invited role", async () => {
  const host = await admin();
  const email = newEmail();
  const { status, body } = await invite(
    { email: ` ${email.toUpperCase()} `, name: "민지", role: "guest" },
    host.api,
  );
  expect({ status, body }).toEqual({
    status: 201,
    body: {
      id: expect.any(String),
      email,
      name: "민지",
      role: "guest",
      status: "pending",
      expiresAt: expect.any(String),
      invitedBy: host.id,
      createdAt: expect.any(String),
    },
  });
  const { expiresAt, createdAt } = body as unknown as Record<string, string>;
  expect(Date.parse(expiresAt ?? "") - Date.parse(createdAt ?? "")).toBe(7 * 24 * 3600 * 1000);

  const mail = await mailTo(email, subject);
  expect(linkOf(mail).href.startsWith(`${inject("appUrl")}/signup?invitation=`)).toBe(true);
  const signedUp = await signUp(email, tokenOf(mail));
  expect(signedUp.status).toBe(201);
  expect(await meOf(signedUp.body)).toMatchObject({
    email,
    name: "김민지",
    emailVerified: true,
    role: "guest",
  });
  expect(await queuedMailsTo(email)).toEqual(["invitation"]);
});

test("an invitation by secret key has no inviter", async () => {
  const { body } = await invite({ email: newEmail() });
  expect(body).toMatchObject({ name: null, role: "user", invitedBy: null });
});

describe("an invitation", () => {
  test("works once, even for twenty sign-ups at once", async () => {
    const { email, token } = await invited();
    const answers = await Promise.all(Array.from({ length: 20 }, () => signUp(email, token)));
    const outcomes = answers.map(({ status, code }) => code ?? status);
    expect(outcomes.filter((outcome) => outcome === 201)).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === "auth/invitation-already-accepted")).toHaveLength(19);
  });

  test("is rejected for another email address", async () => {
    const { email, token } = await invited({ role: "admin" });
    const otherEmail = newEmail();
    expect(await signUp(otherEmail, token)).toMatchObject({ status: 401, code: "auth/invalid-token" });
    const link = {
      method: "magiclink",
      email: otherEmail,
      callbackUrl: inject("appUrl"),
      invitationToken: token,
    };
    const asked = await guest().post("/v1/auth/email/signup", link);
    expect(asked).toMatchObject({ status: 401, code: "auth/invalid-token" });
    expect(await queryDatabase(`SELECT id FROM "User" WHERE email = $1`, otherEmail)).toEqual([]);
    expect((await signUp(email, token)).status).toBe(201);
  });

  test("works with a sign-in link, and keeps its name and role", async () => {
    const { email, token: invitationToken } = await invited({ name: "Minji", role: "guest" });
    const link = { method: "magiclink", email, callbackUrl: inject("appUrl"), invitationToken };
    expect((await guest().post("/v1/auth/email/signup", link)).status).toBe(201);
    const { token } = linkOf(await mailTo(email, /sign-in link/));
    const { body } = await guest().post<TokenPair>("/v1/auth/email/callback", { token });
    expect(await meOf(body)).toMatchObject({ email, name: "Minji", role: "guest" });
    expect(await signUp(email, invitationToken)).toMatchObject({ code: "auth/invitation-already-accepted" });
  });

  test("does not lower the role of an admin whose unverified account it takes over", async () => {
    const { email, token: invitationToken } = await invited({ role: "guest" });
    const { id } = await newUser({ email });
    await queryDatabase(`UPDATE "User" SET role = 'admin' WHERE id = $1`, id);
    const link = { method: "magiclink", email, callbackUrl: inject("appUrl"), invitationToken };
    expect((await guest().post("/v1/auth/email/signup", link)).status).toBe(201);
    const { token } = linkOf(await mailTo(email, /sign-in link/));
    const { body } = await guest().post<TokenPair>("/v1/auth/email/callback", { token });
    expect(await meOf(body)).toMatchObject({ email, emailVerified: true, role: "admin" });
    expect(await signUp(email, invitationToken)).toMatchObject({ code: "auth/invitation-already-accepted" });
  });

  test("has a form that says if its address has an account by now", async () => {
    const { email, token } = await invited();
    await newUser({ email });
    const path = `/signup?${new URLSearchParams({ invitation: token, email })}`;
    const fields = { name: "김민지", password: "abc123", termsAccepted: "on", privacyAccepted: "on" };
    const answer = await new PlainBrowser().send(path, 'name="termsAccepted"', fields);
    expect(await shownBy(answer)).toContain(en.errors["auth/email-already-exists"]);
  });

  test("is replaced by a second one for the same address", async () => {
    const first = await invited();
    const { body } = await invite({ email: first.email, role: "guest" });
    const second = tokenOf(await mailTo(first.email, subject, 2));
    expect(await signUp(first.email, first.token)).toMatchObject({ status: 401, code: "auth/invalid-token" });
    const revoked = await withSecretKey().delete(`/v1/auth/invitations/${first.id}`);
    expect(revoked).toMatchObject({ status: 404, code: "auth/invitation-not-found" });
    expect(body.id).not.toBe(first.id);
    expect((await signUp(first.email, second)).status).toBe(201);
  });

  test("expires", async () => {
    const { id, email, token } = await invited();
    await queryDatabase(`UPDATE "Invitation" SET "expiresAt" = now() WHERE id = $1`, id);
    expect(await signUp(email, token)).toMatchObject({ status: 400, code: "auth/invitation-expired" });
  });

  test("cannot be used after it was revoked, nor revoked twice or after it was accepted", async () => {
    const { id, email, token } = await invited();
    expect((await withSecretKey().delete(`/v1/auth/invitations/${id}`)).status).toBe(200);
    expect(await signUp(email, token)).toMatchObject({ status: 401, code: "auth/invalid-token" });
    expect((await withSecretKey().delete(`/v1/auth/invitations/${id}`)).code).toBe(
      "auth/invitation-not-found",
    );

    const accepted = await invited();
    await signUp(accepted.email, accepted.token);
    const late = await withSecretKey().delete(`/v1/auth/invitations/${accepted.id}`);
    expect(late).toMatchObject({ status: 400, code: "auth/invitation-already-accepted" });
  });

  test("is deleted with the account that it created", async () => {
    const { id, email, token } = await invited();
    const { body } = await signUp(email, token);
    expect((await guest().as(body.accessToken).delete("/v1/auth/withdraw")).status).toBe(200);
    expect(await queryDatabase(`SELECT id FROM "Invitation" WHERE id = $1`, id)).toEqual([]);
  });

  test("is emailed three times an hour to one address, and the link emailed last still works", async () => {
    const { email } = await invited();
    await invite({ email });
    await invite({ email });
    const token = tokenOf(await mailTo(email, subject, 3));
    expect((await invite({ email, role: "guest" })).status).toBe(201);
    expect(await queuedMailsTo(email)).toHaveLength(3);
    expect(await meOf((await signUp(email, token)).body)).toMatchObject({ role: "guest" });
  });
});

test("the list of invitations has the newest first, with their status", async () => {
  const [pending, revoked, expired] = [await invited(), await invited(), await invited()];
  await withSecretKey().delete(`/v1/auth/invitations/${revoked.id}`);
  await queryDatabase(`UPDATE "Invitation" SET "expiresAt" = now() WHERE id = $1`, expired.id);
  for (const [status, { id }] of Object.entries({ pending, revoked, expired })) {
    const { body } = await withSecretKey().get<List>(`/v1/auth/invitations?status=${status}&limit=100`);
    expect(body.items.find((item) => item.id === id)).toMatchObject({ status });
    expect(body.items.every((item) => item.status === status)).toBe(true);
  }
  const { body } = await withSecretKey().get<List>("/v1/auth/invitations?limit=3");
  expect(body.items.map(({ id }) => id)).toEqual([expired.id, revoked.id, pending.id]);
});

describe("the invitation endpoints reject", () => {
  test("callers who are not an admin, also after a demotion", async () => {
    const [person, host] = [await newUser(), await admin()];
    const { id } = await invited();
    for (const caller of [person.api]) {
      expect(await invite({ email: newEmail() }, caller)).toMatchObject({
        status: 403,
        code: "user/forbidden",
      });
      expect(await caller.get("/v1/auth/invitations")).toMatchObject({ status: 403, code: "user/forbidden" });
      const revoked = await caller.delete(`/v1/auth/invitations/${id}`);
      expect(revoked).toMatchObject({ status: 403, code: "user/forbidden" });
    }
    expect(await invite({ email: newEmail() }, guest())).toMatchObject({
      status: 401,
      code: "auth/unauthorized",
    });
    await withSecretKey().patch(`/v1/users/${host.id}`, { role: "user" });
    expect(await invite({ email: newEmail() }, host.api)).toMatchObject({
      status: 403,
      code: "user/forbidden",
    });
  });

  test.each([
    ["a malformed email address", { email: "no-address" }, 400, "auth/invalid-email"],
    ["an unknown role", { email: newEmail(), role: "owner" }, 400, "common/validation-error"],
    ["an unknown field", { email: newEmail(), status: "accepted" }, 400, "common/validation-error"],
  ])("%s", async (_, fields, status, code) => {
    expect(await invite(fields)).toMatchObject({ status, code });
  });

  test("an email address that has an account, unknown ids and an unknown status", async () => {
    const { email } = await newUser();
    expect(await invite({ email })).toMatchObject({ status: 409, code: "auth/email-already-exists" });
    for (const id of [randomUUID(), "x"]) {
      const revoked = await withSecretKey().delete(`/v1/auth/invitations/${id}`);
      expect(revoked).toMatchObject({ status: 404, code: "auth/invitation-not-found" });
    }
    expect(await withSecretKey().get("/v1/auth/invitations?status=lost")).toMatchObject({ status: 400 });
  });
});
