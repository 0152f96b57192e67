import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { performance } from "node:perf_hooks";
import { migrate } from "@/lib/database/migrate";
import { testSettings } from "@/lib/testing/app/settings";
import { type RunningApp, startApp } from "@/lib/testing/app/start-app";
import { openTestDatabase } from "@/lib/testing/database/test-database";
import { freePort } from "@/lib/testing/servers/free-port";
import { openPostgresServer } from "../postgres-server";
import { compare } from "./compare";
import { type FilledBlog, fillBlog } from "./fill-blog";
import { startFloor } from "./floor-app";
import { hashesPerSecond } from "./hash-alone";
import type { LoadRequest, LoadResult } from "./load";
import { measureSizes, readingLoads } from "./reading";
import { report, residentMegabytes, rounded, verdict } from "./report";
import { runLoad, startLoad } from "./run-load";
import { type Scenario, type SignedIn, scenarios, searches, signIn, signInLoad } from "./scenarios";

// Measures the speed of the production build on a full PostgreSQL server: npm run bench
// A part of it: npm run bench -- reading, or api, or lists. Some loads: npm run bench -- home-memory create
// Each ratio compares the app with the floor, a bare Next.js page or handler that does the minimum. Both take short
// alternating turns, so that other load on the machine affects both. The median of the rounds counts.

const secondsPerLoad = Number(process.env.BENCH_SECONDS ?? 4);
const secondsPerTurn = secondsPerLoad / 2;
const rounds = Number(process.env.BENCH_ROUNDS ?? 9);
const smallBlog = 10_000;
const largeBlog = 100_000;
const connectionCounts = [1, 16, 64];
let turns = 0;

if (!existsSync(".next/BUILD_ID")) throw new Error("The benchmark needs the production build: npm run build");

const wanted = process.argv.slice(2);
const isWanted = (part: "reading" | "api" | "lists", load?: string) =>
  wanted.length === 0 || wanted.includes(part) || (load !== undefined && wanted.includes(load));

const server = await openPostgresServer();
try {
  if (wanted.some((name) => name !== "lists") || wanted.length === 0) await withBlog(smallBlog, measureApp);
  if (isWanted("lists")) await compareLists();
} finally {
  await server.stop();
}

async function compareLists(): Promise<void> {
  // Each on a freshly started server, so that only the table differs.
  const small = await withBlog(smallBlog, measureLists);
  const large = await withBlog(largeBlog, measureLists);
  console.log(`\nLists at ${largeBlog} articles against ${smallBlog}, by the media response`);
  for (const [name, { p50 }] of Object.entries(large)) {
    const before = small[name]?.p50 ?? Number.NaN;
    verdict(
      `  ${name}: ${before} ms, then ${p50} ms`,
      p50 / before,
      "at most",
      name.includes("grow") ? undefined : 2,
    );
  }
}

type Settings = Record<string, string>;

/** Runs a measurement on a temporary database with a number of articles. */
async function withBlog<Result>(
  articleCount: number,
  measure: (blog: FilledBlog, settings: Settings) => Promise<Result>,
): Promise<Result> {
  const database = await openTestDatabase(server.url);
  try {
    await migrate(database.url);
    const blog = await fillBlog(database.url, articleCount);
    return await measure(blog, {
      ...testSettings,
      DATABASE_URL: database.url,
      DATA_DIR: database.dataDir,
      PROJECT_ID: "blog",
      RATE_LIMITS: "off",
      BCRYPT_COST: "12",
    });
  } finally {
    await database.remove();
  }
}

async function measureApp(blog: FilledBlog, settings: Settings): Promise<void> {
  const startedAt = performance.now();
  const port = String(await freePort());
  const appSettings = { ...settings, PORT: port, APP_URL: `http://localhost:${port}` };
  const app = await startApp(appSettings);
  console.log(
    `First response ${Math.round(performance.now() - startedAt)} ms after the start (at most 1000)`,
  );
  const sizes = await measureSizes(app.url, blog);
  const floor = await startFloor({
    ...appSettings,
    HOME_BYTES: String(sizes.home),
    ARTICLE_BYTES: String(sizes.article),
    FEED_BYTES: String(sizes.feed),
    PICTURE_BYTES: String(sizes.picture),
  });
  try {
    console.log(
      "\nLoad and connections: responses a second, p50 / p95 / p99 in ms; below it the ratio to the floor at 16",
    );
    await measureReading(app, floor.url, blog, sizes);
    await measureApi(app, floor.url, blog);
    const megabytes = residentMegabytes(app);
    verdict(`\nResident memory after the run: ${megabytes} MB`, megabytes, "at most", 400);
  } finally {
    await floor.stop();
    await app.stop();
  }
}

async function measureReading(
  app: RunningApp,
  floorUrl: string,
  blog: FilledBlog,
  sizes: Awaited<ReturnType<typeof measureSizes>>,
): Promise<void> {
  const loads = (await readingLoads(app.url, blog, sizes)).filter(({ name }) => isWanted("reading", name));
  if (loads.length > 0) console.log(`Bytes: ${JSON.stringify(sizes)}`);
  for (const { name, requests, floor, maxP99 } of loads) {
    const run = (url: string, sent: LoadRequest[], connections: number) =>
      runLoad({ url, seconds: secondsPerTurn, connections: distribute(sent, connections) });
    for (const connections of connectionCounts) {
      const result = await run(app.url, requests, connections);
      report(name, connections, result);
      if (maxP99 && connections === 16) verdict("  p99 in ms", result.p99, "at most", maxP99);
    }
    for (const { path, share } of floor ?? []) {
      await compare(
        `  to ${path}`,
        rounds,
        share,
        () => run(app.url, requests, 16),
        () => run(floorUrl, [{ method: "GET", path, headers: {} }], 16),
      );
    }
  }
}

/** Distributes many requests over the connections, starting at different ones in each turn. */
function distribute(requests: LoadRequest[], connections: number): LoadRequest[][] {
  turns += 1;
  if (requests.length < connections) return Array.from({ length: connections }, () => requests);
  const each = Math.floor(requests.length / connections);
  // The golden ratio spreads the starting points evenly.
  const start = Math.floor(each * ((turns * 0.618) % 1));
  return Array.from({ length: connections }, (_, index) => {
    const own = requests.slice(index * each, (index + 1) * each);
    return [...own.slice(start), ...own.slice(0, start)];
  });
}

async function measureApi(app: RunningApp, floorUrl: string, blog: FilledBlog): Promise<void> {
  for (const scenario of scenarios.filter(({ name }) => isWanted("api", name))) {
    for (const connections of connectionCounts) {
      const seconds = scenario.hashes ? secondsOfHashes(connections) : secondsPerLoad;
      report(scenario.name, connections, await load(scenario, app, blog, connections, seconds));
    }
    const { floorPath, floorShare } = scenario;
    if (!floorPath) continue;
    await compare(
      `  to ${floorPath}`,
      rounds,
      floorShare,
      () => load(scenario, app, blog, 16, secondsPerTurn),
      () => load(scenario, { url: floorUrl }, blog, 16, secondsPerTurn, "floor", app.url),
    );
  }
  if (isWanted("api", "sign-in")) {
    for (const connections of connectionCounts) {
      // Waits until the hash queue of the previous load is empty.
      await signIn(app.url, blog, 0);
      report(
        "sign-in",
        connections,
        await runLoad({ ...signInLoad(app.url, blog, connections), seconds: secondsOfHashes(connections) }),
      );
    }
  }
  if (isWanted("api", "hashes")) await compareHashes(app, blog);
  if (isWanted("api", "beside-sign-ins")) await readBesideSignIns(app, blog);
}

async function measureLists(blog: FilledBlog, settings: Settings): Promise<Record<string, LoadResult>> {
  const app = await startApp(settings);
  try {
    const results: Record<string, LoadResult> = {};
    for (const scenario of searches) {
      // Warm-up.
      await load(scenario, app, blog, 4);
      results[scenario.name] = await load(scenario, app, blog, 4);
    }
    return results;
  } finally {
    await app.stop();
  }
}

/** Sends one kind of request to the app, or to the floor. */
async function load(
  scenario: Scenario,
  { url }: { url: string },
  blog: FilledBlog,
  connections: number,
  seconds = secondsPerLoad,
  door: "app" | "floor" = "app",
  appUrl = url,
): Promise<LoadResult> {
  const people: SignedIn[] = await Promise.all(
    Array.from({ length: connections }, (_, index) => signIn(appUrl, blog, index)),
  );
  return runLoad({
    url,
    seconds,
    connections: people.map((person, index) => scenario.requests({ person, index, blog, door })),
    ...(scenario.follows && {
      follow: { field: "refreshToken", first: people.map(({ refreshToken }) => refreshToken) },
    }),
  });
}

/** Long enough for two responses per connection if a hash takes a quarter of a second. */
function secondsOfHashes(connections: number): number {
  return secondsPerLoad * Math.max(3, connections / 8);
}

async function compareHashes(app: RunningApp, blog: FilledBlog): Promise<void> {
  const workers = Math.max(1, availableParallelism() - 1);
  const bare = await hashesPerSecond(workers, 3 * secondsPerLoad);
  const { perSecond } = await runLoad({ ...signInLoad(app.url, blog, 8), seconds: 3 * secondsPerLoad });
  console.log("\nSign-ins at bcrypt cost 12 against bare worker threads");
  verdict(`  ${rounded(perSecond)} of ${rounded(bare)} a second`, perSecond / bare, "at least", 0.85);
}

async function readBesideSignIns(app: RunningApp, blog: FilledBlog): Promise<void> {
  const [me] = scenarios;
  if (!me) return;
  const alone = await load(me, app, blog, 1);
  const crowd = startLoad(signInLoad(app.url, blog, 8));
  const beside = await load(me, app, blog, 1);
  await crowd.stop();
  console.log("\n/me beside eight clients that sign in without pause");
  verdict(`  median ${alone.p50} ms, then ${beside.p50} ms`, beside.p50 / alone.p50, "at most", 2);
  verdict(`  p99 ${alone.p99} ms, then ${beside.p99} ms`, beside.p99 / alone.p99, "at most", 5);
}
