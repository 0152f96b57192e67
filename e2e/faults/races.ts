import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { decodeJwt } from "jose";
import type { SecondFactorSetup } from "@/lib/auth/factors/contract";
import { testSettings } from "@/lib/testing/app/settings";
import { codeOf } from "@/lib/testing/factors/totp-code";
import { beginRequest } from "@/lib/testing/late-request";
import type { PostgresServer } from "../postgres-server";
import { type Answer, call, me, newEmail, refresh, signIn, signUp, type Tokens } from "./api";
import { withDeployment } from "./deployment";
import { countValues } from "./loops";

const password = "a long enough password";

/** S13: many sign up with one address at once, in whatever case they write it. */
export async function signUpRace(server: PostgresServer): Promise<string> {
  return withDeployment(server, { instances: 2 }, async ({ instances, sql }) => {
    const email = newEmail();
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        signUp(pick(instances, index).url, mixCase(email, index), password),
      ),
    );

    const statuses = answers.map(({ status }) => status);
    assert.equal(statuses.filter((status) => status === 201).length, 1, countValues(statuses));
    for (const { status, retryAfter } of answers) {
      assert.ok(
        status === 201 || status === 409 || (status === 503 && retryAfter),
        `${status} ${retryAfter}`,
      );
    }
    const [rows] = await sql<{ users: number; mails: number }>(
      `SELECT (SELECT count(*)::int FROM "User" WHERE lower(email) = $1) AS users,
              (SELECT count(*)::int FROM "OutboxMail" WHERE lower("to") = $1) AS mails`,
      [email],
    );
    assert.deepEqual(rows, { users: 1, mails: 1 });
    return `${countValues(statuses)}; one row, one mail`;
  });
}

/** M2: many use one sign-in link, and many one invitation, at once. The database is given their hashes. */
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
    const fifty = (path: string, body: unknown) =>
      Promise.all(
        Array.from({ length: 50 }, (_, index) => call(pick(instances, index).url, "POST", path, { body })),
      );
    const links = await fifty("/v1/auth/email/callback", { token });
    const person = { method: "password", email: guestEmail, password, name: "홍길동" };
    const invitations = await fifty("/v1/auth/email/signup", { ...person, invitationToken: token });

    const [linkStatuses, invitationStatuses] = [links, invitations].map((answers) =>
      answers.map(({ status }) => status),
    );
    assert.equal(linkStatuses?.filter((status) => status === 200).length, 1, countValues(linkStatuses ?? []));
    assert.equal(
      invitationStatuses?.filter((status) => status === 201).length,
      1,
      countValues(invitationStatuses ?? []),
    );
    for (const { status, retryAfter } of [...links, ...invitations]) {
      assert.ok([200, 201, 400, 401].includes(status) || (status === 503 && retryAfter), `${status}`);
    }
    const users = await sql(`SELECT email FROM "User" WHERE email IN ($1, $2)`, [email, guestEmail]);
    assert.equal(users.length, 2);
    return `link: ${countValues(linkStatuses ?? [])}; invitation: ${countValues(invitationStatuses ?? [])}`;
  });
}

/** R3: many refresh with one token at once, on two instances. */
export async function refreshRace(server: PostgresServer): Promise<string> {
  const rounds = 20;
  // The limit of sixty a minute for one session would answer most of them.
  const settings = { RATE_LIMITS: "off" };
  return withDeployment(server, { instances: 2, settings }, async ({ instances, sql }) => {
    const { body: newcomer } = await signUp(instances[0].url, newEmail(), password);
    let token = newcomer.refreshToken;
    const statuses: number[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      const answers = await Promise.all(
        Array.from({ length: 100 }, (_, index) => refresh(pick(instances, index).url, token)),
      );
      statuses.push(...answers.map(({ status }) => status));
      const next = new Set(
        answers.filter(({ status }) => status === 200).map(({ body }) => body.refreshToken),
      );
      assert.equal(next.size, 1, `round ${round}: ${next.size} different tokens, ${countValues(statuses)}`);
      const [counted] = await sql<{ counter: number }>('SELECT "refreshCounter" AS counter FROM "Session"');
      assert.equal(counted?.counter, round, "the counter has moved by one");
      [token = ""] = next;
    }
    assert.ok(
      statuses.every((status) => status === 200 || status === 503),
      countValues(statuses),
    );

    const used = token;
    const last = await refresh(pick(instances, 1).url, used);
    assert.equal((await refresh(instances[0].url, last.body.refreshToken)).status, 200);
    assert.equal((await refresh(pick(instances, 1).url, used)).status, 401, "a token works once");
    return `${rounds} rounds of 100: ${countValues(statuses)}, one token a round`;
  });
}

/** R4: a refresh against whatever ends its session. Nothing works once that was answered. */
export async function revocationRaces(server: PostgresServer): Promise<string> {
  return withDeployment(server, { instances: 2, settings: { RATE_LIMITS: "off" } }, async ({ instances }) => {
    const refreshed: number[] = [];
    for (const { races, revoke } of revocations) {
      for (let race = 0; race < races; race += 1) {
        const [here, there] = [pick(instances, race), pick(instances, race + 1)];
        const [account, tokens] = await openAccount(here.url);

        const refreshing = refresh(there.url, tokens.refreshToken);
        const revoked = await revoke(here.url, account, tokens);
        assert.equal(revoked.status, 200);

        assert.notEqual((await me(there.url, tokens.accessToken)).status, 200);
        const answer = await refreshing;
        refreshed.push(answer.status);
        for (const { accessToken, refreshToken } of answer.status === 200
          ? [tokens, answer.body]
          : [tokens]) {
          assert.notEqual((await me(here.url, accessToken)).status, 200);
          assert.notEqual((await refresh(there.url, refreshToken)).status, 200);
        }
      }
    }
    return `${refreshed.length} races, the refresh was answered ${countValues(refreshed)}; nothing worked afterwards`;
  });
}

/** T5, T6: what one instance ended, another refuses at the next request. */
export async function endedElsewhere(server: PostgresServer): Promise<string> {
  return withDeployment(server, { instances: 2 }, async ({ instances }) => {
    const statuses: number[] = [];
    for (const { revoke } of revocations) {
      const [account, tokens] = await openAccount(instances[0].url);
      assert.equal((await me(pick(instances, 1).url, tokens.accessToken)).status, 200);
      assert.equal((await revoke(instances[0].url, account, tokens)).status, 200);
      statuses.push((await me(pick(instances, 1).url, tokens.accessToken)).status);
    }
    assert.deepEqual(statuses, [401, 401, 403]);
    return "401 after a sign-out, 401 after a change of password, 403 after a ban";
  });
}

type Revocation = {
  races: number;
  revoke: (url: string, account: Account, tokens: Tokens) => Promise<Answer>;
};

/** A user with two sessions: that of the account, and another. */
type Account = { email: string; id: string; otherSession: Tokens };

async function openAccount(url: string): Promise<[Account, Tokens]> {
  const email = newEmail();
  const { body: tokens } = await signUp(url, email, password);
  const { body: otherSession } = await signIn(url, email, password);
  return [{ email, id: decodeJwt(tokens.accessToken).sub ?? "", otherSession }, tokens];
}

/** A request whose body is complete after its session ended on another instance does nothing. */
export async function lateBodies(server: PostgresServer): Promise<string> {
  return withDeployment(
    server,
    { instances: 2, settings: { RATE_LIMITS: "off" } },
    async ({ instances, sql }) => {
      const statuses: number[] = [];
      for (let race = 0; race < 30; race += 1) {
        const [here, there] = [pick(instances, race), pick(instances, race + 1)];
        const [account, tokens] = await openAccount(here.url);
        const stolen = newEmail();
        const begin = (method: string, path: string, body: unknown) =>
          beginRequest(`${here.url}/api${path}`, {
            method,
            headers: {
              "X-API-Key": testSettings.PUBLISHABLE_KEY,
              Authorization: `Bearer ${tokens.accessToken}`,
              "Content-Type": "application/json",
            },
            body: JSON.stringify(body),
          });
        const late = await Promise.all([
          begin("POST", "/v1/auth/email/verify/send", { email: stolen }),
          begin("PATCH", `/v1/users/${account.id}`, { name: "Late" }),
          begin("POST", "/v1/data/articles", { title: "Late", content: "Words.", isPublished: true }),
        ]);
        assert.equal((await me(here.url, tokens.accessToken)).status, 200);
        const { revoke } = pick(revocations, race);
        assert.equal((await revoke(there.url, account, tokens)).status, 200);
        for (const answer of await Promise.all(late.map((request) => request.finish()))) {
          statuses.push(answer.status);
        }
        const [left] = await sql(
          `SELECT (SELECT count(*)::int FROM "EmailToken" WHERE email = $1) AS tokens,
                (SELECT count(*)::int FROM "Article" WHERE "createdBy" = $2) AS articles,
                (SELECT count(*)::int FROM "User" WHERE id = $2 AND name = 'Late') AS names`,
          [stolen, account.id],
        );
        assert.deepEqual(left, { tokens: 0, articles: 0, names: 0 });
      }
      assert.ok(
        statuses.every((status) => status === 401 || status === 403),
        countValues(statuses),
      );
      return `${countValues(statuses)}; nothing was written`;
    },
  );
}

/** Changes of access against each other and against what ends their session: one order, no deadlock. */
export async function accessRaces(server: PostgresServer): Promise<string> {
  return withDeployment(
    server,
    { instances: 2, settings: { RATE_LIMITS: "off" } },
    async ({ instances, sql }) => {
      const [demotions, changes]: [number[], number[]] = [[], []];
      for (let race = 0; race < 20; race += 1) {
        const [here, there] = [pick(instances, race), pick(instances, race + 1)];
        const [[one, oneTokens], [other, otherTokens]] = await Promise.all([
          openAccount(here.url),
          openAccount(there.url),
        ]);
        await sql(`UPDATE "User" SET role = 'admin' WHERE id IN ($1, $2)`, [one.id, other.id]);
        const demote = (url: string, token: string, id: string) =>
          call(url, "PATCH", `/v1/users/${id}`, { token, body: { role: "user" } });
        const answers = await Promise.all([
          demote(here.url, oneTokens.accessToken, other.id),
          demote(there.url, otherTokens.accessToken, one.id),
        ]);
        demotions.push(...answers.map(({ status }) => status));
        assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 403]);

        const [account, tokens] = await openAccount(here.url);
        const change = call(here.url, "POST", "/v1/auth/password/change", {
          token: tokens.accessToken,
          body: { currentPassword: password, newPassword: `${password} of a thief` },
        });
        const signedOut = await call(there.url, "POST", "/v1/auth/signout", { token: tokens.accessToken });
        assert.equal(signedOut.status, 200);
        const { status } = await change;
        changes.push(status);
        // Hashing takes longer than a sign-out: as a rule the session has ended when the new password is to be written.
        assert.ok(status === 200 || status === 401, String(status));
        const isKept = (await signIn(here.url, account.email, password)).status === 200;
        assert.equal(isKept, status === 401);
      }
      assert.ok(changes.includes(401), countValues(changes));
      return `two demotions at once: ${countValues(demotions)}; a new password against a sign-out: ${countValues(changes)}`;
    },
  );
}

/** D2: two admins demote, ban and delete each other ten times at once. One admin stays. */
export async function lastAdminRace(server: PostgresServer): Promise<string> {
  return withDeployment(
    server,
    { instances: 2, settings: { RATE_LIMITS: "off" } },
    async ({ instances, sql }) => {
      const statuses: number[] = [];
      for (let race = 0; race < 20; race += 1) {
        const [here, there] = [pick(instances, race), pick(instances, race + 1)];
        const admins = await Promise.all([openAccount(here.url), openAccount(there.url)]);
        await sql(`UPDATE "User" SET role = 'user' WHERE role = 'admin'`);
        await sql(`UPDATE "User" SET role = 'admin' WHERE id = ANY($1)`, [admins.map(([{ id }]) => id)]);
        const answers = await Promise.all(
          Array.from({ length: 10 }, (_, index) => {
            const [[, tokens], [target]] = index % 2 === 0 ? admins : [admins[1], admins[0]];
            const { url } = pick(instances, index);
            const path = `/v1/users/${target.id}`;
            const token = tokens.accessToken;
            if (index % 5 < 2) return call(url, "PATCH", `${path}/role`, { token, body: { role: "user" } });
            if (index % 5 < 4) return call(url, "PATCH", path, { token, body: { banned: true } });
            return call(url, "DELETE", path, { token });
          }),
        );
        statuses.push(...answers.map(({ status }) => status));
        const [left] = await sql<{ admins: number }>(
          `SELECT count(*)::int AS admins FROM "User" WHERE role = 'admin' AND "bannedAt" IS NULL`,
        );
        assert.equal(left?.admins, 1, countValues(statuses));
      }
      assert.ok(
        statuses.every((status) => status < 500),
        countValues(statuses),
      );
      return `20 rounds of 10: ${countValues(statuses)}; one admin is left each time`;
    },
  );
}

/** M2: one code, and one backup code, many times at once on two instances. */
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

      const results: string[] = [];
      for (const mfaCode of [codeOf(setup.secret), setup.backupCodes[0]]) {
        const answers = await Promise.all(
          Array.from({ length: 50 }, (_, index) =>
            call(pick(instances, index).url, "POST", "/v1/auth/email/signin", {
              body: { method: "password", email, password, mfaCode },
            }),
          ),
        );
        const statuses = answers.map(({ status }) => status);
        assert.equal(statuses.filter((status) => status === 200).length, 1, countValues(statuses));
        results.push(countValues(statuses));
      }
      return `one code: ${results[0]}; one backup code: ${results[1]}`;
    },
  );
}

/** What ends a session, in the order of their tests. */
const revocations: [Revocation, ...Revocation[]] = [
  {
    races: 80,
    revoke: (url, _account, tokens) => call(url, "POST", "/v1/auth/signout", { token: tokens.accessToken }),
  },
  {
    races: 40,
    revoke: (url, { otherSession }) =>
      call(url, "POST", "/v1/auth/password/change", {
        token: otherSession.accessToken,
        body: { currentPassword: password, newPassword: `${password} anew` },
      }),
  },
  {
    races: 80,
    revoke: (url, { id }) =>
      call(url, "PATCH", `/v1/users/${id}`, { key: testSettings.SECRET_KEY, body: { banned: true } }),
  },
];

/** One instance after another. */
function pick<Item>(items: readonly [Item, ...Item[]], turn: number): Item {
  return items[turn % items.length] ?? items[0];
}

function mixCase(email: string, index: number): string {
  return [...email].map((letter, at) => ((index >> (at % 6)) & 1 ? letter.toUpperCase() : letter)).join("");
}
