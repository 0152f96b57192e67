import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { articlePath } from "@/lib/articles/paths/article-path";
import type { PostgresServer } from "../postgres-server";
import { call, me, newEmail, signUp, write } from "./api";
import { type Deployment, type Instance, withDeployment } from "./deployment";

const writers = 4;
const readers = 50;
const writesEach = 100;

/** What a writer's article says last: nothing older may be read by a request that begins later. */
type Written = { path: string; acknowledged: number };

/**
 * G1: writers and guest readers on two instances, side by side. A guest never reads an article as it was before a write
 * that was answered before they asked, and never a page of a user.
 */
export async function guestPageRace(server: PostgresServer): Promise<string> {
  return withDeployment(
    server,
    { instances: 2, settings: { RATE_LIMITS: "off" } },
    async ({ instances }: Deployment) => {
      const { body: author } = await signUp(instances[0].url, newEmail(), "a long enough password");
      assert.equal((await me(instances[0].url, author.accessToken)).status, 200);
      const articles = await Promise.all(
        Array.from({ length: writers }, async (_, index): Promise<Written & { id: string }> => {
          const title = `Article ${index}`;
          const { body } = await write(at(instances, index).url, author.accessToken, title);
          return { id: body.id, path: articlePath({ id: body.id, title }), acknowledged: 0 };
        }),
      );
      let isOver = false;
      let reads = 0;
      let hits = 0;

      const writing = articles.map(async (article, index) => {
        for (let round = 1; round <= writesEach; round += 1) {
          const { url } = at(instances, index + round);
          const path = `/v1/data/articles/${article.id}`;
          const answer = await call(url, "PATCH", path, {
            token: author.accessToken,
            body: { content: `It says round-${round}.` },
          });
          assert.equal(answer.status, 200);
          article.acknowledged = round;
        }
      });
      const reading = Array.from({ length: readers }, async (_, reader) => {
        for (let turn = 0; !isOver; turn += 1) {
          const article = articles[(reader + turn) % articles.length];
          if (!article) return;
          const expected = article.acknowledged;
          const response = await fetch(at(instances, turn).url + article.path);
          const html = await response.text();
          assert.equal(response.status, 200);
          const said = Number(/round-(\d+)/.exec(html)?.[1] ?? 0);
          assert.ok(said >= expected, `a page of round ${said} after round ${expected} was acknowledged`);
          assert.ok(html.includes('href="/signin"'), "a page of a user");
          reads += 1;
          if (response.headers.get("server-timing")?.includes("hit")) hits += 1;
        }
      });
      // The first thing that does not hold ends the race.
      await Promise.race([Promise.all(writing), ...reading]).finally(() => {
        isOver = true;
      });
      await Promise.all(reading);
      return `${writers * writesEach} writes, ${reads} reads of ${readers} guests, ${hits} from memory: none was stale`;
    },
  );
}

/** G3: the memory is bounded, whatever is asked for. */
export async function guestPageFlood(server: PostgresServer): Promise<string> {
  return withDeployment(server, { settings: { RATE_LIMITS: "off" } }, async ({ instances: [instance] }) => {
    const requests = 20_000;
    const ask = (count: number) => {
      const address = [
        `/?flood=${count}`,
        `/?page=${count + 2}`,
        `/tags/flood-${count}`,
        `/articles/${count}`,
      ];
      return fetch(instance.url + address[count % address.length], {
        headers: { "accept-language": `x-${count},ko;q=0.${count % 10}`, "x-guest-page": String(count) },
      }).then((response) => response.arrayBuffer());
    };
    await inBatches(2_000, ask);
    const before = residentMegabytes(instance);
    await inBatches(requests, ask);
    const after = residentMegabytes(instance);
    assert.ok(after < 400, `${after} MB after ${requests} addresses, ${before} MB before`);
    return `${requests} addresses: ${before} MB, then ${after} MB`;
  });
}

async function inBatches(count: number, ask: (index: number) => Promise<unknown>): Promise<void> {
  const atOnce = 16;
  for (let start = 0; start < count; start += atOnce) {
    await Promise.all(Array.from({ length: atOnce }, (_, index) => ask(start + index)));
  }
}

/** One instance after another. */
function at([first, ...others]: Deployment["instances"], turn: number): Instance {
  return [first, ...others][turn % (others.length + 1)] ?? first;
}

function residentMegabytes(instance: Instance): number {
  const kilobytes = execFileSync("ps", ["-o", "rss=", "-p", String(instance.pid())], { encoding: "utf8" });
  return Math.round(Number(kilobytes) / 1024);
}
