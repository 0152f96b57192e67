import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import type { z } from "zod";
import type { SecondFactorSetup } from "@/lib/auth/factors/contract";
import type { passkeyOptionsContract, passkeySignInOptionsContract } from "@/lib/auth/passkeys/contract";
import { Authenticator } from "@/lib/testing/factors/authenticator";
import { codeOf } from "@/lib/testing/factors/totp-code";
import type { PostgresServer } from "../postgres-server";
import { password } from "./accounts";
import { type ApiResponse, call, newEmail, signIn, signUp } from "./api";
import { pick, withDeployment } from "./deployment";
import { countValues } from "./loops";

/** S13: concurrent sign-ups with one address, in mixed case. */
export async function signUpRace(server: PostgresServer): Promise<string> {
  return withDeployment(server, { instances: 2 }, async ({ instances, sql }) => {
    const email = newEmail();
    const responses = await fiftyTimes((index) =>
      signUp(pick(instances, index).url, mixCase(email, index), password),
    );
    const counts = assertOneSuccess(responses, 201, [409]);
    const [rows] = await sql<{ users: number; mails: number }>(
      `SELECT (SELECT count(*)::int FROM "User" WHERE lower(email) = $1) AS users,
              (SELECT count(*)::int FROM "OutboxMail" WHERE lower("to") = $1) AS mails`,
      [email],
    );
    assert.deepEqual(rows, { users: 1, mails: 1 });
    return `${counts}; one row, one mail`;
  });
}

/** M2: concurrent uses of one sign-in link and of one invitation, whose token hashes are inserted by SQL. */
export async function linkAndInvitationRace(server: PostgresServer): Promise<string> {
  return withDeployment(server, { instances: 2 }, async ({ instances, sql }) => {
    const [email, guestEmail, token] = [newEmail(), newEmail(), randomBytes(32).toString("base64url")];
    const tokenHash = createHash("sha256").update(token).digest("base64url");
    await sql(
      `INSERT INTO "MagicLink" (email, "tokenHash", "expiresAt") VALUES ($1, $2, now() + interval '1 hour')`,
      [email, tokenHash],
    );
    await sql(
      `INSERT INTO "Invitation" (id, email, "tokenHash", "expiresAt") VALUES ($1, $1, $2, now() + interval '1 hour')`,
      [guestEmail, tokenHash],
    );
    const post = (path: string, body: unknown) =>
      fiftyTimes((index) => call(pick(instances, index).url, "POST", path, { body }));
    const links = await post("/v1/auth/email/callback", { token });
    const newUser = { method: "password", email: guestEmail, password, name: "홍길동" };
    const invitations = await post("/v1/auth/email/signup", { ...newUser, invitationToken: token });

    const counts = [assertOneSuccess(links, 200, [401]), assertOneSuccess(invitations, 201, [400, 409])];
    const users = await sql(`SELECT email FROM "User" WHERE email IN ($1, $2)`, [email, guestEmail]);
    assert.equal(users.length, 2);
    return `link: ${counts[0]}; invitation: ${counts[1]}`;
  });
}

/** M2: concurrent uses of one code and of one backup code. */
export async function secondFactorRace(server: PostgresServer): Promise<string> {
  return withDeployment(
    server,
    { instances: 2, settings: { RATE_LIMITS: "off" } },
    async ({ instances, sql }) => {
      const email = newEmail();
      const { body: tokens } = await signUp(instances[0].url, email, password);
      const post = <Body>(path: string, body: unknown) =>
        call<Body>(instances[0].url, "POST", path, { token: tokens.accessToken, body });
      const { body: setup } = await post<SecondFactorSetup>("/v1/auth/mfa/enable", { password });
      assert.equal((await post("/v1/auth/mfa/confirm", { code: codeOf(setup.secret) })).status, 200);
      await sql('UPDATE "SecondFactor" SET "lastStep" = 0');

      const use = (mfaCode: string) =>
        fiftyTimes((index) =>
          call(pick(instances, index).url, "POST", "/v1/auth/email/signin", {
            body: { method: "password", email, password, mfaCode },
          }),
        );
      const byCode = assertOneSuccess(await use(codeOf(setup.secret)), 200, [401]);
      const byBackupCode = assertOneSuccess(await use(setup.backupCodes[0] ?? ""), 200, [401]);
      return `one code: ${byCode}; one backup code: ${byBackupCode}`;
    },
  );
}

/** M2: concurrent responses to one passkey challenge, for signing in and for adding a passkey. */
export async function passkeyChallengeRace(server: PostgresServer): Promise<string> {
  return withDeployment(server, { instances: 2 }, async ({ instances, sql }) => {
    const { body: tokens } = await signUp(instances[0].url, newEmail(), password);
    const token = tokens.accessToken;
    const getOptions = async <Options>(path: string): Promise<Options> =>
      (await call<Options>(instances[0].url, "POST", path, { token })).body;
    const send = (path: string, body: unknown) =>
      fiftyTimes((index) => call(pick(instances, index).url, "POST", path, { token, body }));

    const creation = await getOptions<CreationOptions>("/v1/auth/passkeys/options");
    const authenticator = new Authenticator("http://localhost");
    const additions = await send("/v1/auth/passkeys", {
      name: "Phone",
      response: authenticator.create(creation),
    });
    const added = assertOneSuccess(additions, 201, [401]);

    const request = await getOptions<RequestOptions>("/v1/auth/passkeys/signin/options");
    const signIns = await send("/v1/auth/passkeys/signin", { response: authenticator.get(request) });
    const signedIn = assertOneSuccess(signIns, 200, [401]);
    const [rows] = await sql(
      `SELECT (SELECT count(*)::int FROM "Passkey") AS passkeys, (SELECT count(*)::int FROM "Session") AS sessions`,
    );
    assert.deepEqual(rows, { passkeys: 1, sessions: 2 });
    return `adding one: ${added}; signing in: ${signedIn}`;
  });
}

type CreationOptions = z.input<typeof passkeyOptionsContract.success.body>;
type RequestOptions = z.input<typeof passkeySignInOptionsContract.success.body>;

/** I6: concurrent wrong passwords for one account, on two instances. Only ten are hashed. */
export async function wrongPasswordRace(server: PostgresServer): Promise<string> {
  return withDeployment(server, { instances: 2 }, async ({ instances }) => {
    const email = newEmail();
    await signUp(instances[0].url, email, password);
    const responses = await fiftyTimes((index) => signIn(pick(instances, index).url, email, "wrong"));
    const statuses = responses.map(({ status }) => status);
    assert.equal(statuses.filter((status) => status === 401).length, 10, countValues(statuses));
    assert.equal(statuses.filter((status) => status === 429).length, 40, countValues(statuses));
    return countValues(statuses);
  });
}

function fiftyTimes<Result>(act: (index: number) => Promise<Result>): Promise<Result[]> {
  return Promise.all(Array.from({ length: 50 }, (_, index) => act(index)));
}

/** @returns the statuses with their counts. */
function assertOneSuccess(responses: ApiResponse[], success: number, refusals: number[]): string {
  const counts = countValues(responses.map(({ status }) => status));
  assert.equal(responses.filter(({ status }) => status === success).length, 1, counts);
  for (const { status, retryAfter } of responses) {
    assert.ok([success, ...refusals].includes(status) || (status === 503 && retryAfter), counts);
  }
  return counts;
}

function mixCase(email: string, index: number): string {
  return [...email].map((letter, at) => ((index >> (at % 6)) & 1 ? letter.toUpperCase() : letter)).join("");
}
