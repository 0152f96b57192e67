import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { decodeJwt } from "jose";
import { contracts } from "@/lib/api/contracts";
import type { Contract } from "@/lib/core/contract";
import { Authenticator } from "@/lib/testing/factors/authenticator";
import type { PostgresFaults, PostgresServer } from "../postgres-server";
import { password } from "./accounts";
import { type ApiResponse, call, me, newEmail, refresh, signIn, signUp } from "./api";
import { type Deployment, type Instance, withDeployment } from "./deployment";
import { runRepeatedly, waitUntil } from "./loops";
import { SkippedError } from "./skipped-error";

/** C2: the database is killed while users sign up, refresh and reset their passwords. */
export async function databaseKilled(server: PostgresServer): Promise<string> {
  const faults = faultsOf(server);
  return withDeployment(server, { settings: { RATE_LIMITS: "off" } }, async ({ instances: [app], sql }) => {
    const kills = 5;
    const newUsers: string[] = [];
    const chains = await Promise.all(Array.from({ length: 4 }, () => startChain(app)));
    const owners = await Promise.all(Array.from({ length: 4 }, () => startOwner(app)));
    const work = [
      runRepeatedly(2, () => join(app, newUsers)),
      ...chains.map((chain) => runRepeatedly(1, () => rotate(app, chain))),
      ...owners.map((owner) => runRepeatedly(1, () => resetPassword(app, sql, owner))),
    ];
    const waits: number[] = [];
    for (let kill = 0; kill < kills; kill += 1) {
      await delay(1_000 + Math.random() * 1_000);
      await faults.kill();
      await faults.start();
      waits.push(await waitUntil("ready again", 5_000, () => isReady(app)));
    }
    await delay(1_000);
    for (const line of work) await line.stop();

    const kept = await sql('SELECT id FROM "User" WHERE email = ANY($1)', [newUsers]);
    assert.equal(kept.length, newUsers.length, "every acknowledged account is stored");
    for (const chain of chains) await assertOneLiveToken(app, sql, chain);
    for (const owner of owners) await assertOnePassword(app, owner);
    const refreshes = chains.reduce((sum, { tokens }) => sum + tokens.length - 1, 0);
    const resets = owners.reduce((sum, owner) => sum + owner.resets, 0);
    return (
      `${kills} kills; ${newUsers.length} sign-ups, ${refreshes} refreshes and ${resets} resets were acknowledged, ` +
      `and all kept; ready again after ${Math.max(...waits).toFixed(0)} ms at the most`
    );
  });
}

async function join(app: Instance, newUsers: string[]): Promise<void> {
  const email = newEmail();
  const response = await attempt(signUp(app.url, email, password));
  if (response?.status === 201) newUsers.push(email);
}

/** The refresh tokens of a session, oldest first. */
type Chain = { sessionId: string; tokens: string[] };

async function startChain(app: Instance): Promise<Chain> {
  const { body } = await signUp(app.url, newEmail(), password);
  return { sessionId: String(decodeJwt(body.accessToken).sid), tokens: [body.refreshToken] };
}

/** Refreshes; retries with the same token if there is no response, as a client does. */
async function rotate(app: Instance, { tokens }: Chain): Promise<void> {
  const response = await attempt(refresh(app.url, tokens.at(-1) ?? ""));
  if (response) assert.equal(response.status, 200, "an unused token works");
  if (response) tokens.push(response.body.refreshToken);
}

async function assertOneLiveToken(app: Instance, sql: Deployment["sql"], { sessionId, tokens }: Chain) {
  const [session] = await sql<{ counter: number }>(
    'SELECT "refreshCounter" AS counter FROM "Session" WHERE id = $1',
    [sessionId],
  );
  assert.equal(session?.counter, tokens.length - 1, "every acknowledged refresh is stored");
  const last = await refresh(app.url, tokens.at(-1) ?? "");
  assert.equal(last.status, 200);
  assert.equal((await refresh(app.url, tokens.at(-2) ?? "")).status, 401, "the previous token is rejected");
  assert.equal((await me(app.url, last.body.accessToken)).status, 401, "and its reuse has ended the session");
}

/** A user who resets a password. Without a response, any of the latest passwords may be valid. */
type Owner = { id: string; email: string; passwords: string[]; resets: number };

async function startOwner(app: Instance): Promise<Owner> {
  const email = newEmail();
  const { body } = await signUp(app.url, email, password);
  return { id: decodeJwt(body.accessToken).sub ?? "", email, passwords: [password], resets: 0 };
}

async function resetPassword(app: Instance, sql: Deployment["sql"], owner: Owner): Promise<void> {
  const token = randomBytes(32).toString("base64url");
  const isIssued = await issueResetToken(sql, owner, token).catch(() => false);
  if (!isIssued) return delay(50);

  const newPassword = crypto.randomUUID();
  const body = { email: owner.email, token, newPassword };
  const response = await attempt(call(app.url, "POST", "/v1/auth/password/reset/confirm", { body }));
  if (response) assert.equal(response.status, 200);
  owner.resets += response ? 1 : 0;
  owner.passwords = response ? [newPassword] : [...owner.passwords, newPassword];
}

/** Stores a reset token as if it had been emailed. */
async function issueResetToken(sql: Deployment["sql"], { id, email }: Owner, token: string): Promise<true> {
  await sql(
    `INSERT INTO "EmailToken" (id, "userId", purpose, email, "tokenHash", "expiresAt")
     VALUES (gen_random_uuid()::text, $1, 'reset-password', $2, $3, now() + interval '1 hour')
     ON CONFLICT ("userId", purpose) DO UPDATE SET "tokenHash" = excluded."tokenHash", "usedAt" = NULL`,
    [id, email, createHash("sha256").update(token).digest("base64url")],
  );
  return true;
}

async function assertOnePassword(app: Instance, { email, passwords }: Owner): Promise<void> {
  const statuses: number[] = [];
  for (const candidate of passwords) statuses.push((await signIn(app.url, email, candidate)).status);
  assert.equal(statuses.filter((status) => status === 200).length, 1, "the last acknowledged password works");
}

/** @returns undefined without a response, and for 503. */
async function attempt<Body>(calling: Promise<ApiResponse<Body>>): Promise<ApiResponse<Body> | undefined> {
  const response = await calling.catch(() => undefined);
  if (response && response.status !== 503) return response;
  await delay(50);
  return undefined;
}

/** C3, first half: the database is down for a minute. */
export async function databaseDown(server: PostgresServer): Promise<string> {
  const faults = faultsOf(server);
  return withoutDatabase(server, 60, {
    begin: () => faults.kill(),
    end: () => faults.start(),
  });
}

/** C3, second half: the database is frozen for half a minute. */
export async function databaseFrozen(server: PostgresServer): Promise<string> {
  const faults = faultsOf(server);
  return withoutDatabase(server, 30, {
    begin: async () => faults.freeze(),
    end: async () => faults.thaw(),
  });
}

/** C3: some statements are slow, and all others still complete. */
export async function statementsSlow(server: PostgresServer): Promise<string> {
  return withDeployment(server, { settings: { RATE_LIMITS: "off" } }, async ({ instances: [app], sql }) => {
    const { body: tokens } = await signUp(app.url, newEmail(), password);
    const seconds = 10;
    const slowResponses: ApiResponse[] = [];
    const responses: ApiResponse[] = [];

    const locked = sql(
      `DO $$ BEGIN LOCK TABLE "Tag" IN ACCESS EXCLUSIVE MODE; PERFORM pg_sleep(${seconds}); END $$`,
    );
    const waiting = runRepeatedly(4, async () => {
      slowResponses.push(await call(app.url, "GET", "/v1/data/tags"));
    });
    const working = runRepeatedly(2, async () => {
      responses.push(await me(app.url, tokens.accessToken), await call(app.url, "GET", "/v1/data/articles"));
    });
    await locked;
    await Promise.all([waiting.stop(), working.stop()]);

    const statuses = responses.map(({ status }) => status);
    assert.ok(
      statuses.every((status) => status === 200),
      `the other calls succeed: ${statuses.filter((status) => status !== 200)}`,
    );
    const rejected = slowResponses.filter(({ status }) => status === 503);
    assert.ok(rejected.length > 0, "slow calls get a 503");
    for (const { retryAfter, milliseconds } of rejected) {
      assert.ok(retryAfter, "a 503 has Retry-After");
      assert.ok(milliseconds <= 3_000, `the response took ${milliseconds.toFixed(0)} ms`);
    }
    const slowest = Math.max(...rejected.map(({ milliseconds }) => milliseconds));
    return (
      `${rejected.length} of ${slowResponses.length} slow calls were 503, the slowest after ${slowest.toFixed(0)} ms; ` +
      `beside them ${responses.length} calls were all 200`
    );
  });
}

async function withoutDatabase(
  server: PostgresServer,
  seconds: number,
  fault: { begin(): Promise<void>; end(): Promise<void> },
): Promise<string> {
  return withDeployment(server, {}, async ({ instances: [app] }) => {
    const { body: tokens } = await signUp(app.url, newEmail(), password);
    const pid = app.pid();
    const waits: number[] = [];
    let health = 0;

    await fault.begin();
    try {
      const probing = runRepeatedly(1, async () => {
        assert.equal((await fetch(`${app.url}/health`)).status, 200);
        health += 1;
        await delay(50);
      });
      const endAt = performance.now() + seconds * 1000;
      while (performance.now() < endAt) {
        assert.equal(await isReady(app), false);
        for (const contract of contracts.filter(needsDatabase)) {
          const { status, retryAfter, milliseconds } = await call(
            app.url,
            contract.method,
            pathOf(contract),
            {
              token: tokens.accessToken,
              body: bodyOf(contract, tokens.refreshToken),
            },
          );
          const name = `${contract.method} ${contract.path}`;
          assert.equal(status, 503, name);
          assert.ok(retryAfter, `${name} has Retry-After`);
          assert.ok(milliseconds <= 3_000, `${name} took ${milliseconds.toFixed(0)} ms`);
          waits.push(milliseconds);
        }
        // Stays below the rate limits, which apply without the database too.
        await delay(1_000);
      }
      await probing.stop();
    } finally {
      await fault.end();
    }

    const back = await waitUntil("everything works again", 5_000, async () => {
      return (await isReady(app)) && (await me(app.url, tokens.accessToken)).status === 200;
    });
    assert.equal(app.pid(), pid);
    return (
      `${seconds} s: ${waits.length} responses, all 503, the slowest after ${Math.max(...waits).toFixed(0)} ms; ` +
      `alive ${health} times of ${health}, never ready; back ${back.toFixed(0)} ms after it`
    );
  });
}

/** The OpenAPI document needs no database; OAuth callbacks and signed URLs are validated before the first query. */
function needsDatabase({ path }: Contract): boolean {
  return !["/v1/openapi.json", "/v1/auth/{provider}/", "/v1/storage/"].some((start) =>
    path.startsWith(start),
  );
}

function pathOf({ path }: Contract): string {
  const query = path === "/v1/auth/signup/email/confirm" ? "?email=user@example.com&token=whatever" : "";
  return path.replaceAll(/\{\w+\}/g, crypto.randomUUID()) + query;
}

/** Input that passes validation. Endpoints that require a signed-in user reject the request before that. */
function bodyOf({ path, body, access }: Contract, refreshToken: string): Record<string, unknown> | undefined {
  if (!body) return undefined;
  if (access !== "public") return {};
  const email = newEmail();
  const bodies: Record<string, Record<string, unknown>> = {
    "/v1/auth/email/signup": { method: "password", email, password, name: "홍길동" },
    "/v1/auth/email/signin": { method: "password", email, password },
    "/v1/auth/email/callback": { token: "whatever" },
    "/v1/auth/passkeys/signin": {
      response: new Authenticator("http://localhost").get({ challenge: "whatever" }),
    },
    "/v1/auth/refresh": { refreshToken },
    "/v1/auth/password/reset/request": { email },
    "/v1/auth/password/reset/confirm": { email, token: "whatever", newPassword: password },
    "/v1/auth/signup/email/resend": { email },
    "/v1/auth/email/verify/confirm": { email, token: "whatever" },
  };
  const found = bodies[path];
  // A new endpoint needs a line above.
  assert.ok(found, `Add a valid body for ${path}.`);
  return found;
}

async function isReady({ url }: Instance): Promise<boolean> {
  return (await fetch(`${url}/health/ready`)).status === 200;
}

/** @throws SkippedError for an external server at `DATABASE_URL`. */
function faultsOf({ faults }: PostgresServer): PostgresFaults {
  if (!faults) throw new SkippedError("because the server that DATABASE_URL names is not ours to break.");
  return faults;
}
