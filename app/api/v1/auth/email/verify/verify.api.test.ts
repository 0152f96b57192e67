import { decodeJwt } from "jose";
import { describe, expect, inject, test } from "vitest";
import type { TokenPair } from "@/lib/auth/sessions/contract";
import { en } from "@/lib/i18n/messages/en";
import { guest, withSecretKey } from "@/lib/testing/caller";
import { queryDatabase } from "@/lib/testing/database/query-database";
import { turnOn } from "@/lib/testing/factors/second-factor";
import { linkOf, mailTo, queuedMailsTo } from "@/lib/testing/mailbox";
import { newEmail, newUser, type Person, signInAgain } from "@/lib/testing/people";
import { PlainBrowser, shownBy } from "@/lib/testing/plain-browser";

const confirm = (email: string, token: string) =>
  guest().post("/v1/auth/email/verify/confirm", { email, token });

/** A user who requested a change of their email address. */
async function userChangingEmail(): Promise<Person & { newAddress: string; token: string }> {
  const person = await newUser();
  const newAddress = newEmail();
  const answer = await person.api.post("/v1/auth/email/verify/send", { email: newAddress });
  expect(answer).toMatchObject({ status: 200, body: { message: expect.any(String), email: newAddress } });
  return { ...person, newAddress, token: linkOf(await mailTo(newAddress, "verify-new-address")).token };
}

async function reuseRefreshToken({ refreshToken }: TokenPair): Promise<void> {
  const refresh = (token: string) => guest().post<TokenPair>("/v1/auth/refresh", { refreshToken: token });
  const second = (await refresh(refreshToken)).body.refreshToken;
  await refresh(second);
  expect(await refresh(refreshToken)).toMatchObject({ status: 401 });
}

const ban = (id: string) => withSecretKey().patch(`/v1/users/${id}`, { banned: true });

const me = async ({ api }: Person) => (await api.get("/v1/auth/me")).body;

describe("a new email address", () => {
  test("replaces the old one once it is confirmed, and the old one is notified", async () => {
    const person = await userChangingEmail();
    expect(await me(person)).toMatchObject({ email: person.email, emailVerified: false });

    expect(await confirm(person.newAddress, person.token)).toMatchObject({
      status: 200,
      body: { message: "Email verified successfully", verified: true },
    });
    expect(await me(person)).toMatchObject({ email: person.newAddress, emailVerified: true });
    await mailTo(person.email, "address-changed");

    expect(await confirm(person.newAddress, person.token)).toMatchObject({
      status: 400,
      code: "auth/already-verified",
    });
    // The old address is free again.
    await newUser({ email: person.email });
  });

  test("is sent a link to the page that confirms it, or to the callbackUrl", async () => {
    const person = await userChangingEmail();
    const own = linkOf(await mailTo(person.newAddress, "verify-new-address"));
    expect(own.origin + own.pathname).toBe(`${inject("appUrl")}/verify-email`);
    expect(own.searchParams.get("email")).toBe(person.newAddress);

    const callbackUrl = `${inject("appUrl")}/app?view=mail&q=a%20b&open`;
    await person.api.post("/v1/auth/email/verify/resend", { email: person.newAddress, callbackUrl });
    const external = linkOf(await mailTo(person.newAddress, "verify-new-address", 2));
    expect(external.href.startsWith(`${callbackUrl}&token=`)).toBe(true);
    expect(Object.fromEntries(external.searchParams)).toMatchObject({
      view: "mail",
      email: person.newAddress,
      token: expect.stringMatching(/^.{40,}$/),
    });
    // The second request has invalidated the first link.
    expect(await confirm(person.newAddress, person.token)).toMatchObject({
      status: 401,
      code: "auth/invalid-token",
    });
    expect(await confirm(person.newAddress, external.token)).toMatchObject({ status: 200 });
  });

  test("that belongs to another user is rejected, even if they took it in the meantime", async () => {
    const [person, other] = [await userChangingEmail(), await newUser()];
    expect(await person.api.post("/v1/auth/email/verify/send", { email: other.email })).toMatchObject({
      status: 409,
      code: "auth/email-already-exists",
    });

    await newUser({ email: person.newAddress });
    expect(await confirm(person.newAddress, person.token)).toMatchObject({
      status: 409,
      code: "auth/email-already-exists",
    });
    expect(await me(person)).toMatchObject({ email: person.email });
  });

  test("is sent three emails an hour, however many accounts request it", async () => {
    const [one, other] = [await newUser(), await newUser()];
    const [wanted, another] = [newEmail(), newEmail()];
    const ask = ({ api }: Person, email: string) => api.post("/v1/auth/email/verify/send", { email });

    const answers = [];
    for (const person of [one, one, other, other]) answers.push(await ask(person, wanted));
    for (const answer of answers) {
      expect(answer).toMatchObject({ status: 200, body: answers[0]?.body });
    }
    // The account's own limit is not used up.
    await ask(other, another);
    expect(await queuedMailsTo(another)).toHaveLength(1);
    expect(await queuedMailsTo(wanted)).toHaveLength(3);
  });

  test("can no longer be confirmed after its token has expired", async () => {
    const { newAddress, token } = await userChangingEmail();
    await queryDatabase(
      `UPDATE "EmailToken" SET "expiresAt" = now() - interval '1 second' WHERE email = $1`,
      newAddress,
    );
    expect(await confirm(newAddress, token)).toMatchObject({ status: 401, code: "auth/token-expired" });
  });

  test("has a page that says if another account has taken it meanwhile", async () => {
    const { newAddress: email, token } = await userChangingEmail();
    await newUser({ email });
    const path = `/verify-email?${new URLSearchParams({ email, token })}`;
    const answer = await new PlainBrowser().send(path, 'name="token"');
    expect(await shownBy(answer)).toContain(en.errors["auth/email-already-exists"]);
  });

  test("is confirmed only by its own token", async () => {
    const [mine, other] = [await userChangingEmail(), await userChangingEmail()];
    const signUpToken = linkOf(await mailTo(mine.email, "verify-sign-up")).token;
    for (const [email, token] of [
      [other.newAddress, mine.token],
      [mine.newAddress, other.token],
      [mine.email, mine.token],
      [mine.newAddress, signUpToken],
      [mine.newAddress, ""],
    ] as const) {
      expect(await confirm(email, token)).toMatchObject({ status: 401, code: "auth/invalid-token" });
    }
  });

  test.each<[string, (person: Person, elsewhere: Person) => Promise<unknown>]>([
    [
      "another session ended it",
      async ({ tokens }, elsewhere) =>
        expect(
          await elsewhere.api.delete(`/v1/auth/sessions/${decodeJwt(tokens.accessToken).sid}`),
        ).toMatchObject({ status: 200 }),
    ],
    ["another session turned on a second factor", (_, elsewhere) => turnOn(elsewhere)],
    ["its refresh token was stolen", ({ tokens }) => reuseRefreshToken(tokens)],
    ["the user was banned", ({ id }) => ban(id)],
    [
      "it signed out and the user was banned",
      async ({ id, api }) => {
        await api.post("/v1/auth/signout");
        await ban(id);
      },
    ],
  ])("can no longer be confirmed if the session that requested it has ended because %s", async (_, end) => {
    const person = await userChangingEmail();
    const { accessToken } = await signInAgain(person);
    await end(person, { ...person, api: guest().as(accessToken) });
    expect(await confirm(person.newAddress, person.token)).toMatchObject({
      status: 401,
      code: "auth/invalid-token",
    });
    expect((await withSecretKey().get(`/v1/users/${person.id}`)).body).toMatchObject({ email: person.email });
  });

  test("can still be confirmed after the session that requested it has signed out, or another one was ended", async () => {
    const person = await userChangingEmail();
    const { accessToken } = await signInAgain(person);
    const sessionId = decodeJwt(accessToken).sid;
    expect(await person.api.delete(`/v1/auth/sessions/${sessionId}`)).toMatchObject({ status: 200 });
    await person.api.post("/v1/auth/signout");
    expect(await confirm(person.newAddress, person.token)).toMatchObject({ status: 200 });
  });

  test("invalidates the links that were emailed to the old one", async () => {
    const person = await userChangingEmail();
    const { token } = linkOf(await mailTo(person.email, "verify-sign-up"));
    await confirm(person.newAddress, person.token);
    const query = new URLSearchParams({ email: person.email, token });
    expect(await guest().get(`/v1/auth/signup/email/confirm?${query}`)).toMatchObject({
      status: 401,
      code: "auth/invalid-token",
    });
  });
});

describe("the current email address", () => {
  test("can still be confirmed after the session that requested the link was ended", async () => {
    const person = await newUser();
    await person.api.post("/v1/auth/email/verify/send", { email: person.email });
    const { token } = linkOf(await mailTo(person.email, "verify-new-address"));
    const owner = guest().as((await signInAgain(person)).accessToken);
    await owner.delete(`/v1/auth/sessions/${decodeJwt(person.tokens.accessToken).sid}`);
    expect(await confirm(person.email, token)).toMatchObject({ status: 200 });
  });

  test("can be confirmed without a bearer token", async () => {
    const person = await newUser();
    expect(await guest().post("/v1/auth/email/verify/send", { email: person.email })).toMatchObject({
      status: 200,
    });
    const { token } = linkOf(await mailTo(person.email, "verify-new-address"));
    expect(await confirm(person.email, token)).toMatchObject({ status: 200 });
    expect(await me(person)).toMatchObject({ email: person.email, emailVerified: true });

    for (const caller of [guest(), person.api]) {
      expect(await caller.post("/v1/auth/email/verify/send", { email: person.email })).toMatchObject({
        status: 400,
        code: "auth/already-verified",
      });
    }
  });

  test("gets the same response as an unknown one, which gets no email", async () => {
    const { email } = await newUser();
    const unknown = newEmail();
    const [known, guessed] = [
      await guest().post<{ message: string }>("/v1/auth/email/verify/send", { email }),
      await guest().post("/v1/auth/email/verify/send", { email: unknown }),
    ];
    expect(guessed).toMatchObject({ status: 200, body: { message: known.body.message, email: unknown } });
    expect(await queuedMailsTo(email)).toHaveLength(2);
    expect(await queuedMailsTo(unknown)).toEqual([]);
  });
});

test("email verification rejects an invalid bearer token, rather than treating the caller as a guest", async () => {
  expect(await guest().as("made-up").post("/v1/auth/email/verify/send", { email: newEmail() })).toMatchObject(
    {
      status: 401,
      code: "auth/invalid-token",
    },
  );
});
