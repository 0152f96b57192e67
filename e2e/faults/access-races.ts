import assert from "node:assert/strict";
import type { PostgresServer } from "../postgres-server";
import { openAccount, password } from "./accounts";
import { call, signIn } from "./api";
import { pick, withDeployment } from "./deployment";
import { countValues } from "./loops";

/** R4: two admins demote each other, and a password change races a sign-out: one comes first, without a deadlock. */
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
        const responses = await Promise.all([
          demote(here.url, oneTokens.accessToken, other.id),
          demote(there.url, otherTokens.accessToken, one.id),
        ]);
        demotions.push(...responses.map(({ status }) => status));
        assert.deepEqual(responses.map(({ status }) => status).sort(), [200, 403]);

        const [account, tokens] = await openAccount(here.url);
        const change = call(here.url, "POST", "/v1/auth/password/change", {
          token: tokens.accessToken,
          body: { currentPassword: password, newPassword: `${password} of a thief` },
        });
        const signedOut = await call(there.url, "POST", "/v1/auth/signout", { token: tokens.accessToken });
        assert.equal(signedOut.status, 200);
        const { status } = await change;
        changes.push(status);
        // Hashing takes longer than a sign-out, so the session has usually ended before the new password is written.
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
        const responses = await Promise.all(
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
        statuses.push(...responses.map(({ status }) => status));
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
