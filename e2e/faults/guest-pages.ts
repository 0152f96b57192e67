import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { articlePath } from "@/lib/articles/paths/article-path";
import { PlainBrowser } from "@/lib/testing/plain-browser";
import { themes } from "@/lib/web/theme";
import type { PostgresServer } from "../postgres-server";
import { password } from "./accounts";
import { call, newEmail, signUp, write } from "./api";
import { type Deployment, type Instance, pick, withDeployment } from "./deployment";
import { waitUntil } from "./loops";

const writers = 4;
const guests = 40;
const members = 10;
const writesEach = 60;
/** The number of page reads between two writes of a writer, so that some are served from memory. */
const readsBetween = 100;

/** An article, and the last acknowledged round: later requests must not show an older one. */
type Written = { id: string; path: string; acknowledged: number };

/**
 * G1: writers, guests and signed-in users on two instances at once. A page never shows a version of an article that is
 * older than a write acknowledged before the page was requested. Guests never get a user's page, and users never get a
 * page of a guest or of another user.
 */
export async function guestPageRace(server: PostgresServer): Promise<string> {
  return withDeployment(
    server,
    { instances: 2, settings: { RATE_LIMITS: "off" } },
    async ({ instances }: Deployment) => {
      const { body: author } = await signUp(instances[0].url, newEmail(), password);
      const articles = await Promise.all(
        Array.from({ length: writers }, async (_, index): Promise<Written> => {
          const title = `Article ${index}`;
          const { body } = await write(pick(instances, index).url, author.accessToken, title);
          return { id: body.id, path: articlePath({ id: body.id, title }), acknowledged: 0 };
        }),
      );
      const browsers = await Promise.all(
        Array.from({ length: members }, (_, index) =>
          openBrowser(pick(instances, index), `Member-${index}-`),
        ),
      );
      let isOver = false;
      const reads = { guest: 0, member: 0, fromMemory: 0 };

      const writing = articles.map(async (article, index) => {
        for (let round = 1; round <= writesEach; round += 1) {
          const response = await call(
            pick(instances, index + round).url,
            "PATCH",
            `/v1/data/articles/${article.id}`,
            { token: author.accessToken, body: { content: `Article-${index} says round-${round}.` } },
          );
          assert.equal(response.status, 200);
          article.acknowledged = round;
          const enough = reads.guest + readsBetween;
          await waitUntil("pages are read", 60_000, async () => isOver || reads.guest >= enough);
        }
      });
      /** Reads the home page or an article, and checks that it is not stale. */
      const read = async (turn: number, get: (path: string) => Promise<Response>) => {
        const expected = articles.map(({ acknowledged }) => acknowledged);
        const path = pick(["/", ...articles.map((article) => article.path)], turn);
        const response = await get(path);
        const html = await response.text();
        assert.equal(response.status, 200);
        const said = [...html.matchAll(/Article-(\d) says round-(\d+)/g)];
        assert.ok(said.length > 0 || expected.includes(0), `${path} shows no article`);
        for (const [, index, round] of said) {
          const least = expected[Number(index)] ?? 0;
          assert.ok(
            Number(round) >= least,
            `${path} shows round ${round} after round ${least} was acknowledged`,
          );
        }
        return { html, isFromMemory: response.headers.get("server-timing")?.includes("hit") === true };
      };
      const guestReading = Array.from({ length: guests }, async (_, reader) => {
        for (let turn = reader; !isOver; turn += 1) {
          const { url } = pick(instances, turn);
          const { html, isFromMemory } = await read(turn, (path) => fetch(url + path));
          assert.ok(
            html.includes('href="/signin"') && !html.includes("Member-"),
            "a guest got a page of a user",
          );
          reads.guest += 1;
          if (isFromMemory) reads.fromMemory += 1;
        }
      });
      const memberReading = browsers.map(async ({ browser, name }, reader) => {
        for (let turn = reader; !isOver; turn += 1) {
          const { html, isFromMemory } = await read(turn, (path) => browser.get(path));
          const names = new Set(html.match(/Member-\d+-/g));
          assert.deepEqual([...names], [name], "the page of another user, or of a guest");
          assert.ok(!isFromMemory && !html.includes('href="/signin"'), "a user got a page of a guest");
          reads.member += 1;
        }
      });
      const reading = [...guestReading, ...memberReading];
      // The first failed assertion ends the race.
      await Promise.race([Promise.all(writing), ...reading]).finally(() => {
        isOver = true;
      });
      await Promise.all(reading);
      return (
        `${writers * writesEach} writes, ${reads.guest} reads of ${guests} guests, ${reads.fromMemory} from memory, ` +
        `and ${reads.member} reads of ${members} signed-in users: none was stale or for another reader`
      );
    },
  );
}

/** Signs up a user with a name, and signs in on the site. */
async function openBrowser(
  { url }: Instance,
  name: string,
): Promise<{ browser: PlainBrowser; name: string }> {
  const email = newEmail();
  const body = { method: "password", email, password, name };
  assert.equal((await call(url, "POST", "/v1/auth/email/signup", { body })).status, 201);
  const browser = new PlainBrowser(url);
  await browser.signIn({ email, password });
  return { browser, name };
}

/** G3: the cache of guest pages stays bounded for any number of pages, URLs and languages. */
export async function guestPageFlood(server: PostgresServer): Promise<string> {
  return withDeployment(
    server,
    { settings: { RATE_LIMITS: "off" } },
    async ({ instances: [instance], sql }) => {
      const title = "Flood";
      // Each page has about 100 kB: together they have three times the size of the cache.
      const articles = await sql<{ id: string }>(
        `INSERT INTO "Article" (id, title, content, "isPublished", "publishedAt", "updatedAt")
         SELECT gen_random_uuid()::text, $1, repeat('Some words. ', 2000), true, now(), now()
           FROM generate_series(1, 320)
         RETURNING id`,
        [title],
      );
      const pages = articles.length * themes.length;
      const open = async (index: number) => {
        const path = articlePath({ id: articles[index % articles.length]?.id ?? "", title });
        const theme = pick(themes, Math.floor(index / articles.length));
        const response = await fetch(instance.url + path, { headers: { cookie: `theme=${theme}` } });
        await response.arrayBuffer();
        return response.headers.get("server-timing") ?? "";
      };
      await inBatches(pages, open);
      assert.match(await open(pages - 1), /hit/, "the page opened last is not in the cache");
      assert.match(await open(0), /miss/, "the page opened first is still in the cache");

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
      return `${pages} pages and ${requests} addresses: ${before} MB, then ${after} MB`;
    },
  );
}

async function inBatches(count: number, ask: (index: number) => Promise<unknown>): Promise<void> {
  const atOnce = 16;
  for (let start = 0; start < count; start += atOnce) {
    await Promise.all(Array.from({ length: atOnce }, (_, index) => ask(start + index)));
  }
}

function residentMegabytes(instance: Instance): number {
  const kilobytes = execFileSync("ps", ["-o", "rss=", "-p", String(instance.pid())], { encoding: "utf8" });
  return Math.round(Number(kilobytes) / 1024);
}
