import { describe, expect, inject, test } from "vitest";
import type { TokenPair } from "@/lib/auth/sessions/contract";
import { eventsOf } from "@/lib/testing/app/app-log";
import { type Caller, guest, withSecretKey } from "@/lib/testing/caller";
import { queryDatabase } from "@/lib/testing/database/query-database";
import { linkOf, mailTo, queuedMailsTo } from "@/lib/testing/mailbox";
import { newEmail, newUser, type Person, signInAgain, writeArticle } from "@/lib/testing/people";
import { picture } from "@/lib/testing/pictures";
import type { SocialFault, SocialPerson } from "@/lib/testing/servers/social-provider";
import { codeFor, idTokenFor, newPkce, stranger, wasPresented } from "@/lib/testing/social";
import { storeFile } from "@/lib/testing/uploads";

const redirectUri = `${inject("appUrl")}/app`;

type SignIn = TokenPair & { is_new_user: boolean };
type Me = { id: string; email: string; name: string; emailVerified: boolean; image: string | null };

const signIn = (provider: string, body: unknown, visitor = guest()) =>
  visitor.post<SignIn>(`/v1/auth/${provider}/callback`, body);

async function signInByCode(kind: "google" | "github", person: SocialPerson, fault?: SocialFault) {
  const code = await codeFor({ kind, person, redirectUri, fault });
  return signIn(kind, { code, redirectUri });
}

const signInByIdToken = async (person: SocialPerson) =>
  signIn("google", { idToken: await idTokenFor({ person }) });

const meOf = async ({ accessToken }: TokenPair) =>
  (await guest().as(accessToken).get<Me>("/v1/auth/me")).body;

const countUsers = async (email: string) =>
  (await queryDatabase<{ count: number }>(`SELECT count(*)::int FROM "User" WHERE email = $1`, email))[0]
    ?.count;

async function verified(person: Person): Promise<Person> {
  const link = linkOf(await mailTo(person.email, "verify-sign-up"));
  const { pathname, search } = link;
  await guest().get(pathname.replace("/api", "") + search);
  return person;
}

describe.each(["google", "github"] as const)("a user who signs in with %s", (kind) => {
  test("gets an account with the provider's name and picture, and signs in to it the next time", async () => {
    const person = stranger({ name: " Hong  Gildong ", picture: "https://pictures.example/1.png" });
    const first = await signInByCode(kind, person);
    expect(first).toMatchObject({
      status: 200,
      body: {
        accessToken: expect.any(String),
        refreshToken: expect.stringMatching(/^rt_/),
        tokenType: "Bearer",
        expiresIn: 3600,
        is_new_user: true,
      },
    });
    const me = await meOf(first.body);
    expect(me).toMatchObject({
      email: person.email,
      name: "Hong  Gildong",
      emailVerified: true,
      image: "https://pictures.example/1.png",
    });

    const second = await signInByCode(kind, { ...person, name: "Another", picture: undefined });
    expect(second).toMatchObject({ status: 200, body: { is_new_user: false } });
    expect(await meOf(second.body)).toEqual(me);
  });

  test("signs in to the same account after changing their email address at the provider", async () => {
    const person = stranger();
    const me = await meOf((await signInByCode(kind, person)).body);
    const { status, body } = await signInByCode(kind, { ...person, email: newEmail() });
    expect({ status, isNew: body.is_new_user }).toEqual({ status: 200, isNew: false });
    expect(await meOf(body)).toEqual(me);
  });

  test("does not get the account of the previous owner of their email address at the provider", async () => {
    const person = stranger();
    await signInByCode(kind, person);
    expect(await signInByCode(kind, stranger({ email: person.email }))).toMatchObject({
      status: 409,
      code: "auth/email-already-exists",
    });
  });

  test("signs in to the account with the same verified email address, whose password keeps working", async () => {
    const local = await verified(await newUser());
    const { status, body } = await signInByCode(kind, stranger({ email: local.email.toUpperCase() }));
    expect({ status, isNew: body.is_new_user }).toEqual({ status: 200, isNew: false });
    expect(await meOf(body)).toMatchObject({ id: local.id, name: local.name });
    expect(await signInAgain(local)).toHaveProperty("accessToken");
  });

  test("for the first time, twenty times at once, gets one account", async () => {
    const person = stranger();
    const codes = await Promise.all(Array.from({ length: 20 }, () => codeFor({ kind, person, redirectUri })));
    const answers = await Promise.all(codes.map((code) => signIn(kind, { code, redirectUri })));
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    const people = await Promise.all(answers.map(({ body }) => meOf(body)));
    expect(new Set(people.map(({ id }) => id)).size).toBe(1);
    expect(answers.filter(({ body }) => body.is_new_user)).toHaveLength(1);
    const accounts = await queryDatabase(`SELECT 1 FROM "Account" WHERE "providerAccountId" = $1`, person.id);
    expect(accounts).toHaveLength(1);
    expect(await countUsers(person.email ?? "")).toBe(1);
  });

  test("with an unverified email address does not get an existing account, verified or not", async () => {
    for (const local of [await newUser(), await verified(await newUser())]) {
      const person = stranger({ email: local.email, isVerified: false });
      expect(await signInByCode(kind, person)).toMatchObject({
        status: 409,
        code: "auth/email-already-exists",
      });
      expect(await local.api.get("/v1/auth/me")).toMatchObject({ status: 200 });
    }
  });

  test("with an unverified email address that has no account gets one, and a verification email", async () => {
    const person = stranger({ isVerified: false });
    const { status, body } = await signInByCode(kind, person);
    expect({ status, isNew: body.is_new_user }).toEqual({ status: 200, isNew: true });
    expect((await meOf(body)).emailVerified).toBe(false);
    await mailTo(person.email ?? "", "verify-sign-up");
  });

  test("with an unverified email address gets a verification email three times an hour, also after withdrawals", async () => {
    const person = stranger({ isVerified: false });
    for (let round = 1; round <= 4; round += 1) {
      const { body } = await signInByCode(kind, person);
      expect(body.is_new_user).toBe(true);
      await guest().as(body.accessToken).delete("/v1/auth/withdraw");
    }
    const mails = await queuedMailsTo(person.email ?? "");
    expect(mails.filter((template) => template === "verify-sign-up")).toHaveLength(3);
  });

  test("without an email address is rejected, unless they already have an account", async () => {
    const person = stranger({ email: undefined });
    expect(await signInByCode(kind, person)).toMatchObject({
      status: 500,
      code: "auth/oauth-callback-failed",
    });
    const known = stranger();
    await signInByCode(kind, known);
    expect(await signInByCode(kind, { ...known, email: undefined })).toMatchObject({ status: 200 });
  });

  test("and is banned is rejected, by their account and by their email address", async () => {
    const known = stranger();
    const { id } = await meOf((await signInByCode(kind, known)).body);
    await withSecretKey().patch(`/v1/users/${id}`, { banned: true });
    expect(await signInByCode(kind, known)).toMatchObject({ status: 403, code: "auth/account-banned" });

    for (const local of [await newUser(), await verified(await newUser())]) {
      await withSecretKey().patch(`/v1/users/${local.id}`, { banned: true });
      const { status, code } = await signInByCode(kind, stranger({ email: local.email }));
      expect({ status, code }).toEqual({ status: 403, code: "auth/account-banned" });
    }
  });

  test("may have any name and picture: invalid ones are cut or dropped", async () => {
    const long = await signInByCode(
      kind,
      stranger({ name: "글".repeat(150), picture: "http://plain.example/1" }),
    );
    expect(await meOf(long.body)).toMatchObject({ name: "글".repeat(100), image: null });
    const odd = await signInByCode(kind, stranger({ name: "\0", picture: "javascript:alert(1)" }));
    const { name, image } = await meOf(odd.body);
    expect({ isNamed: name.length > 0 && !name.includes("\0"), image }).toEqual({
      isNamed: true,
      image: null,
    });
  });

  test("gets an avatar that is copied from the provider into our own storage", async () => {
    const providerUrl = inject("socialProviderUrl");
    const { body } = await signInByCode(kind, stranger({ picture: `${providerUrl}/picture.png` }));
    await expect
      .poll(async () => (await meOf(body)).image)
      .toMatch(new RegExp(`^${inject("appUrl")}/api/v1/storage/`));
    const { image } = await meOf(body);
    const answer = await fetch(image ?? "");
    expect(answer.headers.get("content-type")).toMatch(/^image\//);

    // A missing picture does not prevent the sign-in.
    const without = await signInByCode(kind, stranger({ picture: `${providerUrl}/nothing.png` }));
    expect(without.status).toBe(200);
  });

  test("cannot sign in with a password before setting one", async () => {
    const person = stranger();
    await signInByCode(kind, person);
    expect(
      await guest().post("/v1/auth/email/signin", {
        method: "password",
        email: person.email,
        password: "abc123",
      }),
    ).toMatchObject({ status: 401, code: "auth/invalid-credentials" });
  });

  test("is logged, without their code", async () => {
    const requestId = `social-${crypto.randomUUID()}`;
    const code = await codeFor({ kind, person: stranger(), redirectUri });
    await signIn(kind, { code, redirectUri }, guest().with({ "X-Request-Id": requestId }));
    await expect
      .poll(async () => (await eventsOf(requestId)).map(({ event }) => event))
      .toEqual(["auth.signed-up", "auth.signed-in"]);
    expect(JSON.stringify(await eventsOf(requestId))).not.toContain(code);
  });
});

describe("an account that an attacker created with the email address of another user", () => {
  test("passes to the owner when they sign in, and every earlier way to sign in stops working", async () => {
    const attacker = await newUser();
    const linked = stranger();
    await link(attacker.api, "github", linked);
    await attacker.api.post("/v1/auth/email/verify/send", { email: newEmail() });
    const profile = { nickname: "Seller", bio: "Buy here", socialLinks: { github: "https://spam.example/" } };
    expect(await attacker.api.patch(`/v1/users/${attacker.id}`, profile)).toMatchObject({ status: 200 });
    const { refreshToken } = attacker.tokens;

    const { status, body } = await signInByIdToken(
      stranger({ email: attacker.email, name: "The owner", picture: "https://pictures.example/2.png" }),
    );
    expect({ status, isNew: body.is_new_user }).toEqual({ status: 200, isNew: true });
    expect(await meOf(body)).toMatchObject({
      name: "The owner",
      emailVerified: true,
      image: "https://pictures.example/2.png",
    });
    expect(await withSecretKey().get(`/v1/users/${attacker.id}`)).toMatchObject({
      body: { nickname: null, bio: null, socialLinks: null },
    });

    expect(await attacker.api.get("/v1/auth/me")).toMatchObject({ status: 401, code: "auth/invalid-token" });
    expect(await guest().post("/v1/auth/refresh", { refreshToken })).toMatchObject({ status: 401 });
    const { email, password } = attacker;
    expect(
      await guest().post("/v1/auth/email/signin", { method: "password", email, password }),
    ).toMatchObject({ status: 401 });
    const tokens = await queryDatabase(`SELECT 1 FROM "EmailToken" WHERE "userId" = $1`, attacker.id);
    expect(tokens).toEqual([]);

    // The GitHub account linked in advance is unlinked: it signs up as a new user.
    const back = await signInByCode("github", linked);
    expect(back.body.is_new_user).toBe(true);
    expect((await meOf(back.body)).id).not.toBe(attacker.id);
  });

  test("leaves nothing in the owner's name that was written before they signed in", async () => {
    const attacker = await newUser();
    const [published, draft] = [
      await writeArticle(attacker, { isPublished: true }),
      await writeArticle(attacker),
    ];
    const newTag = async (name: string) =>
      (await attacker.api.post<{ id: string }>("/v1/data/tags", { name })).body.id;
    const [used, unused] = [await newTag("used"), await newTag("unused")];
    await attacker.api.patch(`/v1/data/articles/${published.id}`, { tags: [used] });
    // part: bookmarks
    const foreign = await writeArticle(await newUser(), { isPublished: true });
    await attacker.api.post("/v1/data/bookmarks", { articleId: foreign.id });
    // end of part: bookmarks
    const { id: fileId } = await storeFile(attacker, await picture("png"), { visibility: "public" });
    const { url } = (await attacker.api.post<{ url: string }>(`/v1/files/${fileId}/download-url`)).body;
    await attacker.api.patch(`/v1/data/articles/${published.id}`, { content: `![](${url})` });

    const { body } = await signInByIdToken(stranger({ email: attacker.email }));
    const owner = guest().as(body.accessToken);
    expect((await meOf(body)).id).toBe(attacker.id);
    expect(await guest().get(`/v1/data/articles/${published.id}`)).toMatchObject({
      status: 200,
      body: { createdBy: null, author: null, tags: [used] },
    });
    expect(await withSecretKey().get(`/v1/data/articles/${draft.id}`)).toMatchObject({ status: 404 });
    expect(await guest().get(`/v1/data/tags/${used}`)).toMatchObject({ body: { createdBy: null } });
    expect(await guest().get(`/v1/data/tags/${unused}`)).toMatchObject({ status: 404 });
    expect(await owner.get("/v1/data/bookmarks")).toMatchObject({ body: { items: [] } }); // part: bookmarks
    expect((await fetch(url)).status).toBe(200);
    for (const [table, column] of [
      ["Article", "createdBy"],
      ["Article", "updatedBy"],
      ["Tag", "createdBy"],
      ["File", "ownerId"],
      ["Bookmark", "createdBy"],
    ]) {
      expect(await queryDatabase(`SELECT 1 FROM "${table}" WHERE "${column}" = $1`, attacker.id)).toEqual([]);
    }
    expect(await owner.delete(`/v1/data/articles/${published.id}`)).toMatchObject({ status: 403 });
  });

  async function link(api: Caller, provider: "google" | "github", person: SocialPerson) {
    const code = await codeFor({ kind: provider, person, redirectUri });
    const answer = await api.post("/v1/auth/accounts", { provider, code, redirectUri });
    expect(answer.status).toBe(201);
  }
});

describe("an id token", () => {
  test("signs in, with the expected nonce or without one; its redirectUri is ignored", async () => {
    const person = stranger();
    expect(await signInByIdToken(person)).toMatchObject({ status: 200, body: { is_new_user: true } });
    const idToken = await idTokenFor({ person, nonce: "n-1" });
    expect(
      await signIn("google", { idToken, nonce: "n-1", redirectUri: "https://evil.example" }),
    ).toMatchObject({ status: 200, body: { is_new_user: false } });
  });

  test("works once: one of twenty concurrent sign-ins succeeds, and it cannot link an account afterwards", async () => {
    const rejected = { status: 401, code: "auth/invalid-oauth-code" };
    const idToken = await idTokenFor({ person: stranger() });
    const answers = await Promise.all(Array.from({ length: 20 }, () => signIn("google", { idToken })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(19).fill(401)]);
    for (const { status, code } of answers) if (status !== 200) expect({ status, code }).toEqual(rejected);
    // The last base64url character of a signature has unused bits: another spelling is the same token.
    expect(await signIn("google", { idToken: respelled(idToken) })).toMatchObject(rejected);

    const { api } = await newUser();
    expect(await api.post("/v1/auth/accounts", { provider: "google", idToken })).toMatchObject(rejected);
    const unused = await idTokenFor({ person: stranger() });
    const link = () => api.post("/v1/auth/accounts", { provider: "google", idToken: unused });
    const links = await Promise.all([link(), link(), link()]);
    expect(links.map(({ status }) => status).sort()).toEqual([201, 401, 401]);
    expect(await signIn("google", { idToken: unused })).toMatchObject(rejected);
  });

  function respelled(token: string): string {
    const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const last = letters.indexOf(token.slice(-1));
    return token.slice(0, -1) + letters.charAt(last ^ 1);
  }

  test.each<SocialFault>([
    "wrong-audience",
    "wrong-issuer",
    "expired",
    "unsigned",
    "signed-with-our-secret",
    "wrong-signing-key",
  ])("is rejected (%s), sent directly or returned for a code", async (fault) => {
    const person = stranger();
    const rejected = { status: 401, code: "auth/invalid-oauth-code" };
    expect(await signIn("google", { idToken: await idTokenFor({ person, fault }) })).toMatchObject(rejected);
    expect(await signInByCode("google", person, fault)).toMatchObject(rejected);
    expect(await countUsers(person.email ?? "")).toBe(0);
  });

  test.each([
    ["is rejected with another nonce", { nonce: "theirs" }],
    ["is rejected without the expected nonce", {}],
  ])("%s", async (_name, carried) => {
    const person = stranger();
    const idToken = await idTokenFor({ person, ...carried });
    expect(await signIn("google", { idToken, nonce: "ours" })).toMatchObject({
      status: 401,
      code: "auth/invalid-oauth-code",
    });
  });

  test.each(["made-up", "a.b.c", "eyJhbGciOiJub25lIn0.e30.", " "])(
    "is rejected when it is %j",
    async (idToken) => {
      expect(await signIn("google", { idToken })).toMatchObject({
        status: 401,
        code: "auth/invalid-oauth-code",
      });
    },
  );
});

describe("an authorization code", () => {
  test("works only with its PKCE verifier", async () => {
    const { codeVerifier, codeChallenge } = newPkce();
    const newCode = () => codeFor({ kind: "google", person: stranger(), redirectUri, codeChallenge });
    const signInWith = async (verifier: object) =>
      signIn("google", { code: await newCode(), redirectUri, state: "mine", ...verifier });

    expect(await signInWith({ codeVerifier })).toMatchObject({ status: 200 });
    for (const wrong of [{ codeVerifier: newPkce().codeVerifier }, {}]) {
      expect(await signInWith(wrong)).toMatchObject({ status: 401, code: "auth/invalid-oauth-code" });
    }
  });

  test.each(["google", "github"] as const)(
    "of %s works once, for its own redirectUri and provider",
    async (kind) => {
      const rejected = { status: 401, code: "auth/invalid-oauth-code" };
      const newCode = () => codeFor({ kind, person: stranger(), redirectUri });
      const code = await newCode();
      expect(await signIn(kind, { code, redirectUri })).toMatchObject({ status: 200 });
      expect(await signIn(kind, { code, redirectUri })).toMatchObject(rejected);
      expect(await signIn(kind, { code: await newCode(), redirectUri: `${redirectUri}/2` })).toMatchObject(
        rejected,
      );
      const other = kind === "google" ? "github" : "google";
      expect(await signIn(other, { code: await newCode(), redirectUri })).toMatchObject(rejected);
      expect(await signIn(kind, { code: "made-up", redirectUri })).toMatchObject(rejected);
    },
  );

  test.each([
    "https://evil.example/app",
    "//evil.example",
    `${inject("appUrl")}.evil.example/`,
    "com.example.app:/callback",
    "not an address",
    "",
  ])("with the redirectUri %j is not sent to the provider", async (elsewhere) => {
    const code = await codeFor({ kind: "google", person: stranger(), redirectUri: elsewhere });
    expect(await signIn("google", { code, redirectUri: elsewhere })).toMatchObject({
      status: 400,
      code: "auth/invalid-callback-url",
      body: { error: { details: [{ path: "redirectUri" }] } },
    });
    expect(await wasPresented(code)).toBe(false);
  });
});

describe.each(["google", "github"] as const)("when %s", (kind) => {
  test.each<SocialFault>(["hang", "error", "nonsense", "nothing"])(
    "fails (%s), sign-in fails within five seconds, stores nothing, and works when retried",
    async (fault) => {
      const person = stranger();
      const code = await codeFor({ kind, person, redirectUri, fault });
      const startedAt = performance.now();
      expect(await signIn(kind, { code, redirectUri })).toMatchObject({
        status: 500,
        code: "auth/oauth-callback-failed",
      });
      expect(performance.now() - startedAt).toBeLessThan(5000);
      expect(await countUsers(person.email ?? "")).toBe(0);
      expect(await signIn(kind, { code, redirectUri })).toMatchObject({ status: 200 });
    },
  );
});

describe("a social sign-in request is rejected", () => {
  const code = "c";
  const idToken = "t";
  test.each<[string, string, unknown, number, string]>([
    ["for an unsupported provider", "facebook", { code, redirectUri }, 400, "auth/unsupported-provider"],
    ["for a provider in capitals", "Google", { code, redirectUri }, 400, "auth/unsupported-provider"],
    ["with an empty body", "google", {}, 400, "common/validation-error"],
    ["with a code without a redirectUri", "google", { code }, 400, "common/validation-error"],
    ["with a code and an id token", "google", { code, redirectUri, idToken }, 400, "common/validation-error"],
    ["with an id token and a token", "google", { idToken, token: "t" }, 400, "common/validation-error"],
    ["with an empty code", "google", { code: "", redirectUri }, 400, "common/validation-error"],
    [
      "with a code that is not a string",
      "google",
      { code: { not: "" }, redirectUri },
      400,
      "common/validation-error",
    ],
    ["with a null", "google", { code, redirectUri: null }, 400, "common/validation-error"],
    ["with an unknown field", "google", { code, redirectUri, role: "admin" }, 400, "common/validation-error"],
    ["with an id token of GitHub", "github", { idToken }, 400, "common/validation-error"],
    ["as a list", "google", [], 400, "common/validation-error"],
    ["with a token that was never issued", "google", { token: "made-up" }, 401, "auth/invalid-oauth-code"],
  ])("%s", async (_name, provider, body, status, errorCode) => {
    expect(await signIn(provider, body)).toMatchObject({ status, code: errorCode });
  });

  test("without an API key, or with the wrong one", async () => {
    const body = { code, redirectUri };
    const without = guest().with({ "X-API-Key": null });
    expect(await signIn("google", body, without)).toMatchObject({
      status: 400,
      code: "common/missing-header",
    });
    const wrong = guest().with({ "X-API-Key": `pk_${"0".repeat(64)}` });
    expect(await signIn("google", body, wrong)).toMatchObject({
      status: 401,
      code: "common/invalid-api-key",
    });
  });
});
