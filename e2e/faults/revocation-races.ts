import assert from "node:assert/strict";
import { testSettings } from "@/lib/testing/app/settings";
import { beginRequest } from "@/lib/testing/late-request";
import type { PostgresServer } from "../postgres-server";
import { openAccount, password, revocations } from "./accounts";
import { call, me, newEmail, refresh, signUp, write } from "./api";
import { type Deployment, pick, withDeployment } from "./deployment";
import { countValues, waitUntil } from "./loops";

/** R3: a hundred concurrent refreshes with one token, on two instances. */
export async function refreshRace(server: PostgresServer): Promise<string> {
  const rounds = 20;
  // The limit of sixty per minute and session would reject most of them.
  const settings = { RATE_LIMITS: "off" };
  return withDeployment(server, { instances: 2, settings }, async ({ instances, sql }) => {
    const { body: newUser } = await signUp(instances[0].url, newEmail(), password);
    let token = newUser.refreshToken;
    const statuses: number[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      const responses = await Promise.all(
        Array.from({ length: 100 }, (_, index) => refresh(pick(instances, index).url, token)),
      );
      statuses.push(...responses.map(({ status }) => status));
      const next = new Set(
        responses.filter(({ status }) => status === 200).map(({ body }) => body.refreshToken),
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

/** R4: a refresh races each way to end its session. No token works after the response to the revocation. */
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
        const response = await refreshing;
        refreshed.push(response.status);
        for (const { accessToken, refreshToken } of response.status === 200
          ? [tokens, response.body]
          : [tokens]) {
          assert.notEqual((await me(here.url, accessToken)).status, 200);
          assert.notEqual((await refresh(there.url, refreshToken)).status, 200);
        }
      }
    }
    return `${refreshed.length} races, the refresh was answered ${countValues(refreshed)}; nothing worked afterwards`;
  });
}

/** R4: an article is saved while its author's account is deleted: one lock order, no deadlock, no draft is left. */
export async function deletionRace(server: PostgresServer): Promise<string> {
  return withDeployment(server, { instances: 2, settings: { RATE_LIMITS: "off" } }, async (deployment) => {
    const { instances } = deployment;
    await assertNoDraftIsLeft(deployment);
    const statuses: number[] = [];
    for (let race = 0; race < 40; race += 1) {
      const [here, there] = [pick(instances, race), pick(instances, race + 1)];
      const { body: tokens } = await signUp(here.url, newEmail(), password);
      const token = tokens.accessToken;
      const post = (path: string, body: unknown) =>
        call<{ id: string }>(here.url, "POST", path, { token, body });
      const tags = await Promise.all(
        ["one", "two", "three"].map(async (name) => (await post("/v1/data/tags", { name })).body.id),
      );
      const { body: article } = await post("/v1/data/articles", {
        title: "A draft",
        content: "A line.",
        tags,
      });
      const saving = Array.from({ length: 4 }, () =>
        call(there.url, "PATCH", `/v1/data/articles/${article.id}`, { token, body: { tags } }),
      );
      const deleted = await call(here.url, "DELETE", "/v1/auth/withdraw", { token });
      assert.equal(deleted.status, 200);
      statuses.push(...(await Promise.all(saving)).map(({ status }) => status));
    }
    assert.ok(
      statuses.every((status) => [200, 400, 401, 404].includes(status)),
      countValues(statuses),
    );
    return `${statuses.length} saves while the account was deleted: ${countValues(statuses)}`;
  });
}

/** An article is unpublished, and the commit comes only once the deletion of its author's account waits for it. */
async function assertNoDraftIsLeft({ instances: [app], sql }: Deployment): Promise<void> {
  const { body: tokens } = await signUp(app.url, newEmail(), password);
  const { body: article } = await write(app.url, tokens.accessToken, "Unpublished at the last moment");
  const unpublished = sql(`DO $$ BEGIN
    UPDATE "Article" SET "isPublished" = false WHERE id = '${article.id}';
    FOR polls IN 1..250 LOOP
      EXIT WHEN EXISTS (SELECT FROM pg_locks WHERE transactionid = pg_current_xact_id()::xid AND NOT granted);
      PERFORM pg_sleep(0.01);
    END LOOP; END $$`);
  await waitUntil("the article is being changed", 5_000, async () => {
    const locks = await sql(
      `SELECT FROM pg_locks WHERE relation = '"Article"'::regclass AND mode = 'RowExclusiveLock' AND granted`,
    );
    return locks.length > 0;
  });
  const deleted = await call(app.url, "DELETE", "/v1/auth/withdraw", { token: tokens.accessToken });
  await unpublished;
  assert.equal(deleted.status, 200);
  const left = await sql(`SELECT FROM "Article" WHERE id = $1`, [article.id]);
  assert.equal(left.length, 0, "a draft without an author is left");
}

/** T5, T6: a session that one instance ended is rejected by another at the next request. */
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

/** T5: a request has no effect if its session ends on another instance before its body is complete. */
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
        for (const response of await Promise.all(late.map((request) => request.finish()))) {
          statuses.push(response.status);
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
