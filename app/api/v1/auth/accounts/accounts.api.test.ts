import { describe, expect, inject, test } from "vitest";
import type { z } from "zod";
import type { TokenPair } from "@/lib/auth/sessions/contract";
import type { linkAccountContract, listAccountsContract } from "@/lib/auth/social/contract";
import { newPassword } from "@/lib/testing/app/secrets";
import { type Caller, guest } from "@/lib/testing/caller";
import { queryDatabase } from "@/lib/testing/database/query-database";
import { linkOf, mailTo } from "@/lib/testing/mailbox";
import { newEmail, newUser, signInAgain } from "@/lib/testing/people";
import type { SocialPerson } from "@/lib/testing/servers/social-provider";
import { codeFor, idTokenFor, stranger } from "@/lib/testing/social";

const redirectUri = `${inject("appUrl")}/app`;

type Account = z.input<typeof linkAccountContract.success.body>;
type Accounts = z.input<typeof listAccountsContract.success.body>;

async function link(api: Caller, provider: "google" | "github", person: SocialPerson) {
  const code = await codeFor({ kind: provider, person, redirectUri });
  return api.post<Account>("/v1/auth/accounts", { provider, code, redirectUri });
}

const unlink = (api: Caller, provider: string) => api.delete(`/v1/auth/accounts/${provider}`);

const listOf = async (api: Caller) => (await api.get<Accounts>("/v1/auth/accounts")).body.items;

const methodsOf = async (api: Caller) => (await listOf(api)).map(({ provider }) => provider);

async function signInWithGoogle(person: SocialPerson): Promise<Caller> {
  const idToken = await idTokenFor({ person });
  const { body } = await guest().post<TokenPair>("/v1/auth/google/callback", { idToken });
  return guest().as(body.accessToken);
}

const lastMethodRejected = { status: 400, code: "auth/cannot-unlink-last-account" };

test("linking both providers lists them, and a linked one signs in", async () => {
  const person = await newUser();
  const [google, github] = [stranger(), stranger()];
  const linked = await link(person.api, "google", google);
  expect(linked).toMatchObject({
    status: 201,
    body: {
      id: expect.any(String),
      userId: person.id,
      provider: "google",
      providerAccountId: google.id,
      connectedAt: expect.stringMatching(/^\d{4}-.*\.\d{3}Z$/),
    },
  });
  expect(await link(person.api, "github", github)).toMatchObject({ status: 201 });

  const { body } = await person.api.get<Accounts>("/v1/auth/accounts");
  expect(body.pagination).toMatchObject({ total: 3, page: 1, totalPages: 1 });
  expect(body.items.map(({ provider, providerAccountId }) => [provider, providerAccountId])).toEqual([
    ["github", github.id],
    ["google", google.id],
    ["email", person.email],
  ]);
  expect(body.items[1]).toEqual(linked.body);
  expect((await person.api.get<Accounts>("/v1/auth/accounts?limit=1&page=2")).body.items).toHaveLength(1);

  const back = await signInWithGoogle({ ...google, email: newEmail() });
  expect(await back.get("/v1/auth/me")).toMatchObject({ status: 200, body: { id: person.id } });
});

test("Google can be linked with an id token and its nonce", async () => {
  const person = await newUser();
  const google = stranger();
  const idToken = await idTokenFor({ person: google, nonce: "n" });
  expect(
    await person.api.post("/v1/auth/accounts", { provider: "google", idToken, nonce: "m" }),
  ).toMatchObject({
    status: 401,
    code: "auth/invalid-oauth-code",
  });
  expect(
    await person.api.post("/v1/auth/accounts", { provider: "google", idToken, nonce: "n" }),
  ).toMatchObject({
    status: 201,
    body: { providerAccountId: google.id },
  });
});

test("a provider account is linked to one user, and a user to one account per provider", async () => {
  const [mine, theirs] = [await newUser(), await newUser()];
  const google = stranger();
  const rejected = { status: 409, code: "auth/account-already-linked" };
  expect(await link(theirs.api, "google", google)).toMatchObject({ status: 201 });
  expect(await link(mine.api, "google", google)).toMatchObject(rejected);
  expect(await link(theirs.api, "google", google)).toMatchObject(rejected);
  expect(await link(theirs.api, "google", stranger())).toMatchObject(rejected);
  expect(await methodsOf(mine.api)).toEqual(["email"]);

  const github = stranger();
  const answers = await Promise.all(
    [mine, theirs, mine, theirs].map(({ api }) => link(api, "github", github)),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
});

test("linking a provider account leaves the email addresses of both users unchanged", async () => {
  const [mine, theirs] = [await newUser(), await newUser()];
  await link(mine.api, "google", stranger({ email: theirs.email }));
  expect(await mine.api.get("/v1/auth/me")).toMatchObject({
    body: { email: mine.email, emailVerified: false },
  });
  expect(await theirs.api.get("/v1/auth/me")).toMatchObject({ body: { email: theirs.email } });
});

describe("unlinking a sign-in method", () => {
  test("removes it: its provider account then signs up as a new user", async () => {
    const person = await newUser();
    const github = stranger();
    await link(person.api, "github", github);
    expect(await unlink(person.api, "github")).toMatchObject({
      status: 200,
      body: { message: expect.any(String) },
    });
    expect(await methodsOf(person.api)).toEqual(["email"]);
    const code = await codeFor({ kind: "github", person: github, redirectUri });
    expect(await guest().post("/v1/auth/github/callback", { code, redirectUri })).toMatchObject({
      status: 200,
      body: { is_new_user: true },
    });
  });

  test("ends only the sessions that signed in with it", async () => {
    const person = await newUser();
    const google = stranger();
    await link(person.api, "google", google);
    const byGoogle = await signInWithGoogle(google);
    expect(await byGoogle.get("/v1/auth/me")).toMatchObject({ status: 200 });
    await unlink(person.api, "google");
    expect(await byGoogle.get("/v1/auth/me")).toMatchObject({ status: 401, code: "auth/invalid-token" });
    expect(await person.api.get("/v1/auth/me")).toMatchObject({ status: 200 });
  });

  test("keeps a session that signed in with it and has proved the password since", async () => {
    const person = await newUser();
    const google = stranger();
    await link(person.api, "google", google);
    const byGoogle = await signInWithGoogle(google);
    await byGoogle.post("/v1/auth/reauthenticate", { password: person.password });
    await unlink(byGoogle, "google");
    expect(await byGoogle.get("/v1/auth/me")).toMatchObject({ status: 200 });
  });

  test("removes the password with email, and ends the other sessions that signed in with it", async () => {
    const person = await newUser();
    const google = stranger();
    await link(person.api, "google", google);
    const byGoogle = await signInWithGoogle(google);
    const { accessToken } = await signInAgain(person);
    await unlink(person.api, "email");
    expect(await guest().as(accessToken).get("/v1/auth/me")).toMatchObject({ status: 401 });
    for (const api of [person.api, byGoogle]) {
      expect(await api.get("/v1/auth/me")).toMatchObject({ status: 200 });
    }
  });

  test("removes the password with email, and then keeps the last method", async () => {
    const person = await newUser();
    await link(person.api, "google", stranger());
    expect(await unlink(person.api, "email")).toMatchObject({ status: 200 });
    expect(await methodsOf(person.api)).toEqual(["google"]);
    expect(await signInAgain(person)).toMatchObject({ error: { code: "auth/invalid-credentials" } });
    expect(await unlink(person.api, "google")).toMatchObject(lastMethodRejected);
  });

  test("is rejected for the last one, whichever it is", async () => {
    expect(await unlink((await newUser()).api, "email")).toMatchObject(lastMethodRejected);
    const visitor = await signInWithGoogle(stranger({ isVerified: false }));
    expect(await unlink(visitor, "google")).toMatchObject(lastMethodRejected);
    expect(await methodsOf(visitor)).toEqual(["google"]);
  });

  test("is allowed for the last one if the user can receive sign-in links at a verified email address", async () => {
    const visitor = await signInWithGoogle(stranger());
    expect(await unlink(visitor, "google")).toMatchObject({ status: 200 });
    // The session signed in with that account.
    expect(await visitor.get("/v1/auth/me")).toMatchObject({ status: 401 });
  });

  test("keeps one of two that are unlinked at once", async () => {
    for (let round = 0; round < 5; round += 1) {
      const person = await newUser();
      await link(person.api, "google", stranger());
      const answers = await Promise.all(["email", "google"].map((provider) => unlink(person.api, provider)));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
      expect(await methodsOf(person.api)).toHaveLength(1);
    }
  });

  test("succeeds without effect if it is not linked", async () => {
    const person = await newUser();
    expect(await unlink(person.api, "github")).toMatchObject({ status: 200 });
    expect(await methodsOf(person.api)).toEqual(["email"]);
  });

  test("does not affect other users", async () => {
    const [mine, theirs] = [await newUser(), await newUser()];
    await link(theirs.api, "google", stranger());
    await unlink(mine.api, "google");
    expect(await methodsOf(theirs.api)).toEqual(["google", "email"]);
  });
});

describe("a password reset, for linked accounts,", () => {
  const confirmAddress = async (email: string) => {
    const { link: address } = await mailTo(email, "verify-sign-up");
    expect((await fetch(address ?? "", { redirect: "manual" })).status).toBe(302);
  };

  const resetPassword = async (email: string) => {
    await guest().post("/v1/auth/password/reset/request", { email });
    const { token } = linkOf(await mailTo(email, "reset-password"));
    const body = { email, token, newPassword: newPassword() };
    expect(await guest().post("/v1/auth/password/reset/confirm", body)).toMatchObject({ status: 200 });
  };

  test("locks out the attacker who created the account with the owner's email address", async () => {
    const attacker = await newUser();
    const github = stranger();
    await link(attacker.api, "github", github);

    // The owner of the address, who assumes that the account is theirs.
    await confirmAddress(attacker.email);
    await resetPassword(attacker.email);

    const code = await codeFor({ kind: "github", person: github, redirectUri });
    expect(await guest().post("/v1/auth/github/callback", { code, redirectUri })).toMatchObject({
      status: 200,
      body: { is_new_user: true },
    });
  });

  test("removes those linked with another email address, even after the user's own was verified", async () => {
    const person = await newUser();
    await confirmAddress(person.email);
    const github = stranger();
    await link(person.api, "github", github);
    await link(person.api, "google", stranger({ email: person.email, isVerified: false }));
    await resetPassword(person.email);

    const code = await codeFor({ kind: "github", person: github, redirectUri });
    expect(await guest().post("/v1/auth/github/callback", { code, redirectUri })).toMatchObject({
      status: 200,
      body: { is_new_user: true },
    });
    expect(await queryDatabase(`SELECT 1 FROM "Account" WHERE "userId" = $1`, person.id)).toEqual([]);
  });

  test("keeps those with the user's own email address", async () => {
    const person = await newUser();
    await confirmAddress(person.email);
    const github = stranger({ email: person.email });
    await link(person.api, "github", github);
    const google = stranger();
    await signInWithGoogle(google);
    for (const email of [person.email, google.email ?? ""]) await resetPassword(email);

    const code = await codeFor({ kind: "github", person: github, redirectUri });
    expect(await guest().post("/v1/auth/github/callback", { code, redirectUri })).toMatchObject({
      status: 200,
      body: { is_new_user: false },
    });
    expect(await methodsOf(await signInWithGoogle(google))).toEqual(["google", "email"]);
  });

  test("compares with the email address that the provider verified last", async () => {
    const google = stranger();
    await signInWithGoogle(google);
    await signInWithGoogle({ ...google, email: newEmail() });
    await resetPassword(google.email ?? "");
    const back = await signInWithGoogle(google);
    // Linked again by the address.
    expect(await methodsOf(back)).toEqual(["google", "email"]);
    expect(await mailTo(google.email ?? "", "sign-in-method-added")).toBeTruthy();
  });
});

test("deleting the account makes its provider account available again", async () => {
  const google = stranger();
  const visitor = await signInWithGoogle(google);
  expect(await visitor.delete("/v1/auth/withdraw")).toMatchObject({ status: 200 });
  expect(await (await signInWithGoogle(google)).get("/v1/auth/me")).toMatchObject({ status: 200 });
});

describe("linking and unlinking reject", () => {
  const code = "c";
  test.each<[string, unknown, number, string]>([
    ["a missing provider", { code, redirectUri }, 400, "common/validation-error"],
    ["an unknown provider", { provider: "facebook", code, redirectUri }, 400, "auth/unsupported-provider"],
    ["the provider email", { provider: "email", code, redirectUri }, 400, "auth/unsupported-provider"],
    ["a missing code or id token", { provider: "google" }, 400, "common/validation-error"],
    [
      "a code together with an id token",
      { provider: "google", code, redirectUri, idToken: "t" },
      400,
      "common/validation-error",
    ],
    ["a one-time token", { provider: "google", token: "t" }, 400, "common/validation-error"],
    ["a code without a redirectUri", { provider: "github", code }, 400, "common/validation-error"],
    ["an id token of GitHub", { provider: "github", idToken: "t" }, 400, "common/validation-error"],
    [
      "a redirectUri on another site",
      { provider: "github", code, redirectUri: "https://evil.example" },
      400,
      "auth/invalid-callback-url",
    ],
    ["an unknown code", { provider: "github", code, redirectUri }, 401, "auth/invalid-oauth-code"],
    ["an unknown id token", { provider: "google", idToken: "t" }, 401, "auth/invalid-oauth-code"],
  ])("%s", async (_name, body, status, errorCode) => {
    const { api } = await newUser();
    expect(await api.post("/v1/auth/accounts", body)).toMatchObject({ status, code: errorCode });
    expect(await methodsOf(api)).toEqual(["email"]);
  });

  test("a caller who is not signed in", async () => {
    for (const call of [
      guest().get("/v1/auth/accounts"),
      guest().post("/v1/auth/accounts", { provider: "google", code, redirectUri }),
      unlink(guest(), "google"),
    ]) {
      expect(await call).toMatchObject({ status: 401, code: "auth/unauthorized" });
    }
  });

  test("unlinking an unknown provider", async () => {
    const { api } = await newUser();
    expect(await unlink(api, "facebook")).toMatchObject({ status: 400, code: "auth/unsupported-provider" });
  });
});
