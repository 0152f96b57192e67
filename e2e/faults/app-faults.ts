import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import type { PostgresServer } from "../postgres-server";
import { password } from "./accounts";
import { CutOff, call, newEmail, signUp, write } from "./api";
import { type Deployment, withDeployment } from "./deployment";
import { countValues, runRepeatedly, waitUntil } from "./loops";

/** These cases write thousands of articles; the limit is sixty per hour. */
const settings = { RATE_LIMITS: "off" };

/** C1: the app is killed thirty times while clients write. */
export async function appKilled(server: PostgresServer): Promise<string> {
  return withDeployment(server, { settings }, async ({ instances: [app], sql }) => {
    const { body: author } = await signUp(app.url, newEmail(), password);
    const acknowledged: string[] = [];
    const starts: number[] = [];
    const kills = 30;
    for (let kill = 0; kill < kills; kill += 1) {
      const writing = runRepeatedly(4, async () => {
        const response = await write(app.url, author.accessToken, "Written in haste").catch(() => null);
        if (response?.status === 201) acknowledged.push(response.body.id);
      });
      const before = acknowledged.length;
      await waitUntil("writing has begun", 30_000, async () => acknowledged.length > before);
      // Kills the app at a different moment each time.
      await delay(100 + Math.random() * 300);
      await app.end("SIGKILL");
      await writing.stop();
      const startedAt = performance.now();
      await app.start();
      starts.push(performance.now() - startedAt);
    }

    await assertWritten(sql, acknowledged);
    const slowest = Math.max(...starts);
    const measured =
      `${kills} kills, all ${acknowledged.length} acknowledged articles there; ` +
      `ready again after ${slowest.toFixed(0)} ms at the most`;
    assert.ok(slowest < 10_000, measured);
    return measured;
  });
}

/** C8: the app gets SIGTERM under load. */
export async function appTerminated(server: PostgresServer): Promise<string> {
  return withDeployment(server, { settings }, async ({ instances: [app], sql }) => {
    const { body: author } = await signUp(app.url, newEmail(), password);
    const acknowledged: string[] = [];
    const outcomes: (string | number)[] = [];
    let isAsked = false;
    const note = (outcome: string | number) => {
      if (isAsked) outcomes.push(outcome);
    };
    const writing = runRepeatedly(16, async () => {
      const response = await write(app.url, author.accessToken, "Written at the last moment").catch(
        nameFailure,
      );
      if (typeof response === "string") return note(response);
      if (response.status === 201) acknowledged.push(response.body.id);
      note(response.status);
    });
    const reading = runRepeatedly(16, async () => {
      const response = await call(app.url, "GET", "/v1/data/articles").catch(nameFailure);
      note(typeof response === "string" ? response : response.status);
    });
    await delay(2_000);
    isAsked = true;
    const askedAt = performance.now();
    await app.end("SIGTERM");
    const took = performance.now() - askedAt;
    await Promise.all([writing.stop(), reading.stop()]);

    await assertWritten(sql, acknowledged);
    const measured =
      `gone after ${took.toFixed(0)} ms, all ${acknowledged.length} acknowledged articles there; ` +
      `from then on ${countValues(outcomes)}`;
    assert.ok(!outcomes.includes("cut off"), measured);
    assert.ok(took < 10_000, measured);
    return measured;
  });
}

async function nameFailure(error: unknown): Promise<string> {
  // The port is closed: without a pause the loop would spin.
  await delay(10);
  return error instanceof CutOff ? "cut off" : "refused";
}

async function assertWritten(sql: Deployment["sql"], ids: string[]): Promise<void> {
  const lost = await sql('SELECT id FROM unnest($1::text[]) AS id EXCEPT SELECT id FROM "Article"', [ids]);
  assert.equal(lost.length, 0, `${lost.length} of ${ids.length} acknowledged articles are lost`);
}
