import { randomBytes, randomUUID } from "node:crypto";
import { describe, expect, inject, test } from "vitest";
import type { z } from "zod";
import type {
  addPasskeyContract,
  listPasskeysContract,
  passkeyOptionsContract,
  passkeySignInOptionsContract,
} from "@/lib/auth/passkeys/contract";
import type { TokenPair } from "@/lib/auth/sessions/contract";
import { site } from "@/lib/config/site";
import { hashSecret } from "@/lib/crypto/secrets";
import { eventsOf } from "@/lib/testing/app/app-log";
import { newPassword, secretsIn } from "@/lib/testing/app/secrets";
import { type Caller, guest, withSecretKey } from "@/lib/testing/caller";
import { queryDatabase } from "@/lib/testing/database/query-database";
import { Authenticator, type Deviation } from "@/lib/testing/factors/authenticator";
import { linkOf, mailTo, queuedMailsTo } from "@/lib/testing/mailbox";
import { newUser, type Person, signInAgain } from "@/lib/testing/people";
import { codeFor, idTokenFor, stranger } from "@/lib/testing/social";

type Options = z.input<typeof passkeyOptionsContract.success.body>;
type SignInOptions = z.input<typeof passkeySignInOptionsContract.success.body>;
type Passkey = z.input<typeof addPasskeyContract.success.body>;
type Passkeys = z.input<typeof listPasskeysContract.success.body>;

const invalid = { status: 401, code: "auth/invalid-passkey" };
const notFound = { status: 404, code: "auth/passkey-not-found" };
const lastMethodRejected = { status: 400, code: "auth/cannot-unlink-last-account" };

const optionsFor = async (api: Caller) => (await api.post<Options>("/v1/auth/passkeys/options")).body;

async function add(api: Caller, authenticator: Authenticator, deviation: Deviation = {}, name = "Phone") {
  const response = authenticator.create(await optionsFor(api), deviation);
  return api.post<Passkey>("/v1/auth/passkeys", { name, response });
}

const signInOptions = async (caller = guest()) =>
  (await caller.post<SignInOptions>("/v1/auth/passkeys/signin/options")).body;

const send = (response: unknown, caller = guest()) =>
  caller.post<TokenPair>("/v1/auth/passkeys/signin", { response });

async function signIn(authenticator: Authenticator, deviation: Deviation = {}, caller = guest()) {
  return send(authenticator.get(await signInOptions(), deviation), caller);
}

const listOf = async (api: Caller) => (await api.get<Passkeys>("/v1/auth/passkeys")).body.items;

const remove = (api: Caller, id: string) => api.delete(`/v1/auth/passkeys/${id}`);

async function withPasskey(): Promise<Person & { authenticator: Authenticator; passkeyId: string }> {
  const person = await newUser();
  const authenticator = new Authenticator();
  const { status, body } = await add(person.api, authenticator);
  expect(status).toBe(201);
  return { ...person, authenticator, passkeyId: body.id };
}

async function confirmAddress(email: string): Promise<void> {
  const { link } = await mailTo(email, "verify-sign-up");
  expect((await fetch(link ?? "", { redirect: "manual" })).status).toBe(302);
}

const ageProof = (person: Person) =>
  queryDatabase(
    `UPDATE "Session" SET "provedAt" = now() - interval '11 minutes' WHERE "userId" = $1`,
    person.id,
  );

describe("options for a new passkey", () => {
  test("contain the relying party, the user, and the requirements for the authenticator", async () => {
    const person = await newUser();
    const options = await optionsFor(person.api);
    expect(options).toMatchObject({
      // Without the port.
      rp: { id: "localhost", name: site.name.en },
      user: {
        id: Buffer.from(person.id).toString("base64url"),
        name: person.email,
        displayName: person.name,
      },
      authenticatorSelection: { residentKey: "required", userVerification: "required" },
      attestation: "none",
      excludeCredentials: [],
      timeout: 300_000,
    });
    expect(Buffer.from(options.challenge, "base64url").length).toBeGreaterThanOrEqual(16);
    expect((await optionsFor(person.api)).challenge).not.toBe(options.challenge);
  });

  test("exclude the passkeys that the user already has", async () => {
    const { api, authenticator } = await withPasskey();
    expect((await optionsFor(api)).excludeCredentials).toEqual([
      { id: authenticator.credentialId, type: "public-key", transports: ["internal"] },
    ]);
  });
});

test.each([
  ["that cannot be stored", "\u0000"],
  ["of 60,000 bytes", randomBytes(60_000).toString("base64url")],
])("signing in with an id %s is rejected", async (_name, id) => {
  const person = await withPasskey();
  const assertion = person.authenticator.get(await signInOptions());
  expect(await send({ ...assertion, id, rawId: id })).toMatchObject(invalid);
});

test("a sign-in with a passkey clears the failures of the account", async () => {
  const person = await withPasskey();
  const signInWith = (password: string) =>
    guest().post("/v1/auth/email/signin", { method: "password", email: person.email, password });
  for (let failures = 0; failures < 10; failures += 1) await signInWith("wrong");
  expect(await signInWith(person.password)).toMatchObject({ status: 429 });

  expect(await signIn(person.authenticator)).toMatchObject({ status: 200 });
  expect(await signInWith(person.password)).toMatchObject({ status: 200 });
});

describe("a passkey", () => {
  test("is added, listed without its public key, used and renamed", async () => {
    const person = await newUser();
    const authenticator = new Authenticator();
    const added = await add(person.api, authenticator, {}, "  전화기  ");
    expect(added).toMatchObject({ status: 201 });
    expect(added.body).toEqual({
      id: expect.any(String),
      name: "전화기",
      createdAt: expect.stringMatching(/^\d{4}-.*\.\d{3}Z$/),
      lastUsedAt: null,
    });

    const signedIn = await signIn(authenticator);
    expect(signedIn).toMatchObject({ status: 200, body: { tokenType: "Bearer", expiresIn: 3600 } });
    const api = guest().as(signedIn.body.accessToken);
    expect(await api.get("/v1/auth/me")).toMatchObject({ body: { id: person.id } });

    const renamed = await api.patch(`/v1/auth/passkeys/${added.body.id}`, { name: "Laptop" });
    expect(renamed).toMatchObject({ status: 200, body: { name: "Laptop", lastUsedAt: expect.any(String) } });
    expect(await api.patch(`/v1/auth/passkeys/${added.body.id}`, {})).toMatchObject({
      body: { name: "Laptop" },
    });
    expect(await listOf(api)).toEqual([renamed.body]);
  });

  test("is listed newest first, in pages", async () => {
    const { api } = await withPasskey();
    await add(api, new Authenticator(), {}, "Second");
    expect((await listOf(api)).map(({ name }) => name)).toEqual(["Second", "Phone"]);
    const { body } = await api.get<Passkeys>("/v1/auth/passkeys?limit=1&page=2");
    expect(body).toMatchObject({ items: [{ name: "Phone" }], pagination: { total: 2, totalPages: 2 } });
  });

  test("that is already registered is rejected, for its owner and for other users", async () => {
    const { api, authenticator } = await withPasskey();
    expect(await add(api, authenticator)).toMatchObject(invalid);
    expect(await add((await newUser()).api, authenticator)).toMatchObject(invalid);
  });

  test("may have a credential id of 1,023 bytes", async () => {
    const authenticator = new Authenticator(undefined, { credentialIdBytes: 1023 });
    expect(await add((await newUser()).api, authenticator)).toMatchObject({ status: 201 });
    expect(await signIn(authenticator)).toMatchObject({ status: 200 });
  });

  test("needs recent reauthentication to be added, and a rejection does not consume the challenge", async () => {
    const person = await newUser();
    const response = new Authenticator().create(await optionsFor(person.api));
    await ageProof(person);
    const body = { name: "Phone", response };
    expect(await person.api.post("/v1/auth/passkeys", body)).toMatchObject({
      status: 403,
      code: "auth/reauthentication-required",
    });
    await person.api.post("/v1/auth/reauthenticate", { password: person.password });
    expect(await person.api.post("/v1/auth/passkeys", body)).toMatchObject({ status: 201 });
  });

  test("counts as reauthentication when it signs in", async () => {
    const person = await withPasskey();
    await ageProof(person);
    const { body } = await signIn(person.authenticator);
    expect(await remove(guest().as(body.accessToken), person.passkeyId)).toMatchObject({ status: 200 });
  });

  test("causes an email when it is added and when it is removed", async () => {
    const { api, email, passkeyId } = await withPasskey();
    expect(await mailTo(email, /A passkey was added/)).toMatchObject({
      link: expect.stringMatching(/\/me\/security$/),
    });
    await remove(api, passkeyId);
    expect(await mailTo(email, /A passkey was removed/)).toBeTruthy();
    expect(await queuedMailsTo(email)).toEqual(["verify-sign-up", "passkey-added", "passkey-removed"]);
  });

  test("is kept after a password reset", async () => {
    const { email, authenticator } = await withPasskey();
    await confirmAddress(email);
    await guest().post("/v1/auth/password/reset/request", { email });
    const { token } = linkOf(await mailTo(email, "reset-password"));
    const body = { email, token, newPassword: newPassword() };
    expect(await guest().post("/v1/auth/password/reset/confirm", body)).toMatchObject({ status: 200 });
    expect(await signIn(authenticator)).toMatchObject({ status: 200 });
  });

  test("is deleted with its account", async () => {
    const { api, authenticator } = await withPasskey();
    expect(await api.delete("/v1/auth/withdraw")).toMatchObject({ status: 200 });
    expect(await signIn(authenticator)).toMatchObject(invalid);
  });

  test("of a banned user is rejected", async () => {
    const { id, authenticator } = await withPasskey();
    await withSecretKey().patch(`/v1/users/${id}`, { banned: true });
    expect(await signIn(authenticator)).toMatchObject({ status: 403, code: "auth/account-banned" });
  });

  // part: social-sign-in
  test("of an attacker is removed when the owner of the address signs in with Google", async () => {
    const attacker = await withPasskey();
    const idToken = await idTokenFor({ person: stranger({ email: attacker.email }) });
    expect(await guest().post("/v1/auth/google/callback", { idToken })).toMatchObject({
      status: 200,
      body: { is_new_user: true },
    });
    expect(await signIn(attacker.authenticator)).toMatchObject(invalid);
  });
  // end of part: social-sign-in
});

describe("removing a passkey", () => {
  test("ends only the sessions that signed in with it", async () => {
    const person = await withPasskey();
    const { body } = await signIn(person.authenticator);
    expect(await remove(person.api, person.passkeyId)).toMatchObject({
      status: 200,
      body: { message: expect.any(String) },
    });
    expect(await signIn(person.authenticator)).toMatchObject(invalid);
    expect(await guest().as(body.accessToken).get("/v1/auth/me")).toMatchObject({
      status: 401,
      code: "auth/invalid-token",
    });
    expect(await guest().post("/v1/auth/refresh", { refreshToken: body.refreshToken })).toMatchObject({
      status: 401,
    });
    expect(await person.api.get("/v1/auth/me")).toMatchObject({ status: 200 });
  });

  test("keeps a session that signed in with it and has proved the password since", async () => {
    const person = await withPasskey();
    const { body } = await signIn(person.authenticator);
    const api = guest().as(body.accessToken);
    await api.post("/v1/auth/reauthenticate", { password: person.password });
    await remove(api, person.passkeyId);
    expect(await api.get("/v1/auth/me")).toMatchObject({ status: 200 });
  });

  test("needs recent reauthentication", async () => {
    const person = await withPasskey();
    await ageProof(person);
    expect(await remove(person.api, person.passkeyId)).toMatchObject({
      status: 403,
      code: "auth/reauthentication-required",
    });
    expect(await remove(person.api, randomUUID())).toMatchObject(notFound);
  });

  test("is rejected for another user's passkey and for unknown ids", async () => {
    const [mine, theirs] = [await withPasskey(), await withPasskey()];
    for (const id of [theirs.passkeyId, randomUUID(), "none"]) {
      expect(await remove(mine.api, id)).toMatchObject(notFound);
      expect(await mine.api.patch(`/v1/auth/passkeys/${id}`, { name: "Mine" })).toMatchObject(notFound);
    }
    expect(await listOf(theirs.api)).toMatchObject([{ name: "Phone" }]);
  });

  /** A user whose passkey is the only sign-in method. */
  async function withPasskeyAlone() {
    const person = await withPasskey();
    await queryDatabase(`UPDATE "User" SET "passwordHash" = NULL WHERE id = $1`, person.id);
    return person;
  }

  test("is rejected if it is the last sign-in method", async () => {
    const { api, passkeyId } = await withPasskeyAlone();
    expect(await remove(api, passkeyId)).toMatchObject(lastMethodRejected);
    await add(api, new Authenticator());
    expect(await remove(api, passkeyId)).toMatchObject({ status: 200 });
  });

  test("is allowed if the user can receive sign-in links at a verified email address", async () => {
    const { api, email, passkeyId } = await withPasskeyAlone();
    await confirmAddress(email);
    expect(await remove(api, passkeyId)).toMatchObject({ status: 200 });
  });

  // part: social-sign-in
  test("and the password at once keeps one of the two", async () => {
    for (let round = 0; round < 3; round += 1) {
      const { api, passkeyId } = await withPasskey();
      const answers = await Promise.all([remove(api, passkeyId), api.delete("/v1/auth/accounts/email")]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
    }
  });

  test("is not required to remove the password: a passkey counts as a sign-in method", async () => {
    const { api, authenticator } = await withPasskey();
    expect(await api.delete("/v1/auth/accounts/email")).toMatchObject({ status: 200 });
    expect(await signIn(authenticator)).toMatchObject({ status: 200 });
  });
  // end of part: social-sign-in
});

// part: social-sign-in
describe("removing the password", () => {
  test("keeps the sessions that signed in with a passkey", async () => {
    const person = await withPasskey();
    const [byPasskey, byPassword] = [(await signIn(person.authenticator)).body, await signInAgain(person)];
    await person.api.delete("/v1/auth/accounts/email");
    expect(await guest().as(byPasskey.accessToken).get("/v1/auth/me")).toMatchObject({ status: 200 });
    expect(await guest().as(byPassword.accessToken).get("/v1/auth/me")).toMatchObject({ status: 401 });
  });
});
// end of part: social-sign-in

describe("a passkey registration is rejected", () => {
  const rejections: [string, Deviation][] = [
    ["from another origin", { origin: "https://evil.example" }],
    ["from another port", { origin: "http://localhost:1" }],
    ["for another relying party", { rpId: "evil.example" }],
    ["without user verification", { isUserVerified: false }],
    ["with a challenge that the server did not issue", { challenge: "bXkgb3duIGNoYWxsZW5nZQ" }],
    ["that is an assertion", { type: "webauthn.get" }],
  ];
  test.each(rejections)("%s", async (_name, deviation) => {
    const { api } = await newUser();
    expect(await add(api, new Authenticator(), deviation)).toMatchObject(invalid);
    expect(await listOf(api)).toEqual([]);
  });

  test.each([1024, 60_000])("with a credential id of %d bytes", async (credentialIdBytes) => {
    const { api } = await newUser();
    expect(await add(api, new Authenticator(undefined, { credentialIdBytes }))).toMatchObject(invalid);
    expect(await listOf(api)).toEqual([]);
  });

  test("with a challenge of another session, of a sign-in, or used before", async () => {
    const [mine, theirs] = [await newUser(), await newUser()];
    const user = { id: "" };
    const post = (response: unknown) => mine.api.post("/v1/auth/passkeys", { name: "Phone", response });
    expect(await post(new Authenticator().create(await optionsFor(theirs.api)))).toMatchObject(invalid);
    expect(await post(new Authenticator().create({ ...(await signInOptions()), user }))).toMatchObject(
      invalid,
    );
    const options = await optionsFor(mine.api);
    expect(await post(new Authenticator().create(options))).toMatchObject({ status: 201 });
    expect(await post(new Authenticator().create(options))).toMatchObject(invalid);
  });

  test("with an expired challenge", async () => {
    const { api, tokens } = await newUser();
    const response = new Authenticator().create(await optionsFor(api));
    await queryDatabase(
      `UPDATE "PasskeyChallenge" SET "expiresAt" = now() WHERE "sessionId" = ($1::jsonb->>'sid')::uuid`,
      Buffer.from(tokens.accessToken.split(".")[1] ?? "", "base64url").toString(),
    );
    expect(await api.post("/v1/auth/passkeys", { name: "Phone", response })).toMatchObject(invalid);
  });

  test("that is malformed, without a server error", async () => {
    const { api } = await newUser();
    const good = new Authenticator().create(await optionsFor(api));
    const bad = (fields: object) => ({ ...good, response: { ...good.response, ...fields } });
    const json = (text: string) => Buffer.from(text).toString("base64url");
    for (const response of [
      bad({ clientDataJSON: "" }),
      bad({ clientDataJSON: "%%%" }),
      bad({ clientDataJSON: json("null") }),
      bad({ clientDataJSON: json("[]") }),
      bad({ clientDataJSON: json('{"challenge": {"a": 1}}') }),
      { ...good, id: "other" },
    ]) {
      expect(await api.post("/v1/auth/passkeys", { name: "Phone", response })).toMatchObject(invalid);
    }
    for (const attestationObject of ["", "AAAA", json("{}"), "o2NmbXRkbm9uZQ"]) {
      const fresh = new Authenticator().create(await optionsFor(api));
      const response = { ...fresh, response: { ...fresh.response, attestationObject } };
      expect(await api.post("/v1/auth/passkeys", { name: "Phone", response })).toMatchObject(invalid);
    }
  });

  test.each([
    ["no name", {}],
    ["a blank name", { name: "  " }],
    ["a long name", { name: "가".repeat(51) }],
    ["an unknown field", { name: "Phone", id: "mine" }],
  ])("with %s", async (_name, fields) => {
    const { api } = await newUser();
    const response = new Authenticator().create(await optionsFor(api));
    expect(await api.post("/v1/auth/passkeys", { response, ...fields })).toMatchObject({
      status: 400,
      code: "common/validation-error",
    });
  });
});

describe("a passkey sign-in", () => {
  test("allows any passkey of this site, and requires user verification", async () => {
    const options = await signInOptions();
    expect(options).toMatchObject({ rpId: "localhost", userVerification: "required", timeout: 300_000 });
    expect(options.allowCredentials ?? []).toEqual([]);
  });

  const rejections: [string, Deviation][] = [
    ["from another origin", { origin: "https://evil.example" }],
    ["from another port", { origin: "http://localhost:1" }],
    ["for another relying party", { rpId: "evil.example" }],
    ["without user verification", { isUserVerified: false }],
    ["with a challenge that the server did not issue", { challenge: "bXkgb3duIGNoYWxsZW5nZQ" }],
    ["with a user handle of another user", { userHandle: Buffer.from(randomUUID()).toString("base64url") }],
    ["without a user handle", { userHandle: undefined }],
    ["that is a registration", { type: "webauthn.create" }],
  ];
  test.each(rejections)("%s is rejected, with one event in the log", async (_name, deviation) => {
    const { id, authenticator } = await withPasskey();
    const requestId = randomUUID();
    const caller = guest().with({ "X-Request-Id": requestId });
    expect(await signIn(authenticator, deviation, caller)).toMatchObject(invalid);

    await expect.poll(() => eventsOf(requestId)).toHaveLength(1);
    const [event] = await eventsOf(requestId);
    expect(event).toMatchObject({ level: "warn", event: "request.refused", code: "auth/invalid-passkey" });
    if (deviation.challenge === undefined) expect(event).toMatchObject({ account: id });
    expect(secretsIn(JSON.stringify(event))).toEqual([]);
    expect(await signIn(authenticator)).toMatchObject({ status: 200 });
  });

  test("with a replayed challenge is rejected", async () => {
    const { authenticator } = await withPasskey();
    const options = await signInOptions();
    const response = authenticator.get(options);
    expect(await send(response)).toMatchObject({ status: 200 });
    expect(await send(response)).toMatchObject(invalid);
    expect(await send(authenticator.get(options))).toMatchObject(invalid);
  });

  test("with the challenge of a registration is rejected", async () => {
    const { api, authenticator } = await withPasskey();
    expect(await send(authenticator.get(await optionsFor(api)))).toMatchObject(invalid);
  });

  test("with an expired challenge is rejected", async () => {
    const { authenticator } = await withPasskey();
    const options = await signInOptions();
    const response = authenticator.get(options);
    await queryDatabase(
      `UPDATE "PasskeyChallenge" SET "expiresAt" = now() - interval '1 second' WHERE "challengeHash" = $1`,
      hashSecret(options.challenge),
    );
    expect(await send(response)).toMatchObject(invalid);
  });

  test("succeeds once of fifty concurrent ones with the same challenge", async () => {
    const { authenticator } = await withPasskey();
    const options = await signInOptions();
    const answers = await Promise.all(Array.from({ length: 50 }, () => send(authenticator.get(options))));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.every((status) => status === 200 || status === 401 || status === 503)).toBe(true);
  });

  test("with a counter that did not increase is rejected, and the passkey keeps working", async () => {
    const { authenticator } = await withPasskey();
    expect(await signIn(authenticator, { counter: 5 })).toMatchObject({ status: 200 });
    for (const counter of [0, 4, 5]) expect(await signIn(authenticator, { counter })).toMatchObject(invalid);
    expect(await signIn(authenticator, { counter: 6 })).toMatchObject({ status: 200 });
    expect(await signIn(authenticator, { counter: 4_294_967_295 })).toMatchObject({ status: 200 });
  });

  test("succeeds once of ten concurrent ones with the same counter", async () => {
    const { authenticator } = await withPasskey();
    const options = await Promise.all(Array.from({ length: 10 }, () => signInOptions()));
    const answers = await Promise.all(options.map((one) => send(authenticator.get(one, { counter: 1 }))));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  test("with an unknown passkey, or with another user's credential id, is rejected", async () => {
    const [mine, theirs] = [await withPasskey(), await withPasskey()];
    expect(await signIn(new Authenticator())).toMatchObject(invalid);
    const forged = mine.authenticator.get(await signInOptions(), {
      userHandle: Buffer.from(theirs.id).toString("base64url"),
    });
    const { credentialId } = theirs.authenticator;
    expect(await send({ ...forged, id: credentialId, rawId: credentialId })).toMatchObject(invalid);
  });

  test("that is malformed is rejected, without a server error", async () => {
    const { authenticator } = await withPasskey();
    const good = authenticator.get(await signInOptions());
    for (const fields of [
      { signature: "" },
      { signature: "AAAA" },
      { authenticatorData: "" },
      { authenticatorData: "AAAA" },
      { clientDataJSON: "" },
    ]) {
      const fresh = authenticator.get(await signInOptions());
      expect(await send({ ...fresh, response: { ...fresh.response, ...fields } })).toMatchObject(invalid);
    }
    for (const response of [
      "text",
      null,
      [],
      {},
      { ...good, type: "password" },
      { ...good, response: { signature: 1 } },
    ]) {
      expect(await send(response)).toMatchObject({ status: 400, code: "common/validation-error" });
    }
  });

  test("ignores a bearer token, and is rate-limited by IP address", async () => {
    const { authenticator, api } = await withPasskey();
    expect(await signIn(authenticator, {}, api)).toMatchObject({ status: 200 });
    const caller = guest();
    const statuses: number[] = [];
    for (let times = 0; times < 101; times += 1) statuses.push((await send({}, caller)).status);
    expect(statuses.at(-1)).toBe(429);
  });
});

test("the database stores passkey challenges as hashes, and the API lists no credential ids", async () => {
  const { api, authenticator, id } = await withPasskey();
  const options = await signInOptions();
  const [stored] = await queryDatabase<{ challenges: string[] }>(
    `SELECT array_agg("challengeHash") AS challenges FROM "PasskeyChallenge"`,
  );
  expect(stored?.challenges).not.toContain(options.challenge);
  const [row] = await queryDatabase<{ row: string }>(
    `SELECT to_jsonb(p)::text AS row FROM "Passkey" p WHERE "userId" = $1`,
    id,
  );
  expect(row?.row).toContain(authenticator.credentialId);
  expect(JSON.stringify(await listOf(api))).not.toContain(authenticator.credentialId);
});

test("a guest cannot add, list or remove passkeys", async () => {
  for (const call of [
    guest().post("/v1/auth/passkeys/options"),
    guest().post("/v1/auth/passkeys", {
      name: "Phone",
      response: new Authenticator().create({ challenge: "", user: { id: "" } }),
    }),
    guest().get("/v1/auth/passkeys"),
    remove(guest(), randomUUID()),
  ]) {
    expect(await call).toMatchObject({ status: 401, code: "auth/unauthorized" });
  }
});

describe("a sign-in on a new device", () => {
  const browsers = {
    firefox: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    chrome: "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/142.0.0.0 Safari/537.36",
  };
  const at = (userAgent: string, address?: string) =>
    guest().with({ "User-Agent": userAgent, ...(address && { "X-Forwarded-For": address }) });
  const bySignIn = ({ email, password }: Person, caller: Caller) =>
    caller.post("/v1/auth/email/signin", { method: "password", email, password });
  const noticesTo = async (email: string) =>
    (await queuedMailsTo(email)).filter((template) => template === "new-device");

  test("is reported to the user by email, with the device and what to do", async () => {
    const person = await newUser({}, at(browsers.firefox));
    await bySignIn(person, at(browsers.chrome, "10.9.8.7"));
    const { text, link } = await mailTo(person.email, /Sign-in on a new device/);
    expect(text).toContain("Chrome on Windows");
    expect(text).toContain("10.9.8.7");
    expect(link).toMatch(/\/forgot-password$/);
  });

  test("is also reported for a passkey sign-in", async () => {
    const person = await withPasskey();
    await signIn(person.authenticator, {}, at(browsers.chrome));
    expect(await mailTo(person.email, /new device/)).toBeTruthy();
  });

  // part: social-sign-in
  test("is also reported for a Google sign-in", async () => {
    const google = stranger();
    const signInWithGoogle = async (caller: Caller) =>
      caller.post("/v1/auth/google/callback", { idToken: await idTokenFor({ person: google }) });
    await signInWithGoogle(at(browsers.firefox));
    await signInWithGoogle(at(browsers.chrome));
    expect(await mailTo(google.email ?? "", /new device/)).toBeTruthy();
  });
  // end of part: social-sign-in

  test("is not reported for the first session, a known browser or a known network", async () => {
    const person = await newUser({}, at(browsers.firefox, "10.7.7.7"));
    await bySignIn(person, at(browsers.firefox));
    await bySignIn(person, at(browsers.chrome, "10.7.7.7"));
    // A sign-in on a new device follows: once its email is queued, the earlier sign-ins were handled too.
    await bySignIn(person, at("curl/8.0"));
    await expect.poll(() => noticesTo(person.email)).toEqual(["new-device"]);
  });

  test("is reported three times an hour at most", async () => {
    const person = await newUser({}, at(browsers.firefox));
    for (let times = 1; times <= 5; times += 1) {
      const requestId = randomUUID();
      await bySignIn(person, at(`browser/${times}`).with({ "X-Request-Id": requestId }));
      await expect
        .poll(async () => (await eventsOf(requestId)).map(({ event }) => event))
        .toContain("auth.new-device");
    }
    await expect.poll(() => noticesTo(person.email)).toHaveLength(3);
    const other = await newUser({}, at(browsers.firefox));
    await bySignIn(other, at(browsers.chrome));
    await expect.poll(() => noticesTo(other.email)).toHaveLength(1);
    expect(await noticesTo(person.email)).toHaveLength(3);
  });
});

// part: social-sign-in
test("a user of social sign-in without a password can add a passkey and sign in with it alone", async () => {
  const github = stranger();
  const redirectUri = `${inject("appUrl")}/app`;
  const code = await codeFor({ kind: "github", person: github, redirectUri });
  const { body } = await guest().post<TokenPair>("/v1/auth/github/callback", { code, redirectUri });
  const api = guest().as(body.accessToken);
  const authenticator = new Authenticator();
  expect(await add(api, authenticator)).toMatchObject({ status: 201 });
  expect(await api.delete("/v1/auth/accounts/github")).toMatchObject({ status: 200 });
  expect(await signIn(authenticator)).toMatchObject({ status: 200 });
});
// end of part: social-sign-in
