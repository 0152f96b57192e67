import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { performance } from "node:perf_hooks";
import { migrate } from "@/lib/database/migrate";
import { testSettings } from "@/lib/testing/app/settings";
import { type RunningApp, startApp } from "@/lib/testing/app/start-app";
import { openTestDatabase } from "@/lib/testing/database/test-database";
import { freePort } from "@/lib/testing/servers/free-port";
import { openPostgresServer } from "../postgres-server";
import { type FilledBlog, fillBlog } from "./fill-blog";
import { startFloor } from "./floor-app";
import { hashesPerSecond } from "./hash-alone";
import type { LoadResult } from "./load";
import { measurePages } from "./pages";
import { median, report, residentMegabytes, rounded, verdict } from "./report";
import { runLoad, startLoad } from "./run-load";
import { type Scenario, type SignedIn, scenarios, searches, signIn, signInLoad } from "./scenarios";

// How fast the production build is, on a full PostgreSQL server: npm run bench
// A part of it: npm run bench -- pages, or api, or lists.
// Each ratio compares with a bare Next.js handler that verifies the same token and runs the same query, taken in
// short turns with it, so that what else the machine does hits both. The median of the rounds counts.

const secondsPerLoad = Number(process.env.BENCH_SECONDS ?? 4);
const secondsPerTurn = secondsPerLoad / 2;
const rounds = 9;
const smallBlog = 10_000;
const largeBlog = 100_000;

if (!existsSync(".next/BUILD_ID")) throw new Error("The benchmark needs the production build: npm run build");

const wanted = process.argv.slice(2);
const isWanted = (part: "pages" | "api" | "lists") => wanted.length === 0 || wanted.includes(part);

const server = await openPostgresServer();
try {
  if (isWanted("pages"))
    await withBlog(smallBlog, (blog, settings) => measurePages(blog, settings, secondsPerTurn));
  if (isWanted("api")) await withBlog(smallBlog, measureApp);
  if (isWanted("lists")) await compareLists();
} finally {
  await server.stop();
}

async function compareLists(): Promise<void> {
  // Both by a server that has just started, so that the table alone differs.
  const small = await withBlog(smallBlog, measureLists);
  const large = await withBlog(largeBlog, measureLists);
  console.log(`\nLists at ${largeBlog} articles against ${smallBlog}, by the median answer`);
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

/** Runs something on a database with so many articles, which is gone afterwards. */
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
  console.log(`First answer ${Math.round(performance.now() - startedAt)} ms after the start (at most 1000)`);
  const floor = await startFloor(appSettings);
  try {
    console.log("\nconnections      1 / 16 / 64: answers a second, p50 / p95 / p99 in ms");
    for (const scenario of scenarios) {
      for (const connections of [1, 16, 64]) {
        const seconds = scenario.hashes ? secondsOfHashes(connections) : secondsPerLoad;
        report(scenario.name, connections, await load(scenario, app, blog, connections, seconds));
      }
    }
    for (const connections of [1, 16, 64]) {
      // Waits until nothing of the load before it is queued for a hash.
      await signIn(app.url, blog, 0);
      report(
        "sign-in",
        connections,
        await runLoad({ ...signInLoad(app.url, blog, connections), seconds: secondsOfHashes(connections) }),
      );
    }

    console.log("\nRatio to the floor at 16 connections");
    for (const scenario of scenarios.filter(({ floorPath }) => floorPath !== undefined)) {
      await compare(scenario, app, floor.url, blog);
    }
    await compareHashes(app, blog);
    await readBesideSignIns(app, blog);
    const megabytes = residentMegabytes(app);
    verdict(`\nResident memory after the run: ${megabytes} MB`, megabytes, "at most", 350);
  } finally {
    await floor.stop();
    await app.stop();
  }
}

async function measureLists(blog: FilledBlog, settings: Settings): Promise<Record<string, LoadResult>> {
  const app = await startApp(settings);
  try {
    const results: Record<string, LoadResult> = {};
    for (const scenario of searches) {
      // Warms it up.
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

/** Long enough for each of so many connections to be answered twice where a hash takes a quarter of a second. */
function secondsOfHashes(connections: number): number {
  return secondsPerLoad * Math.max(3, connections / 8);
}

async function compare(
  scenario: Scenario,
  app: RunningApp,
  floorUrl: string,
  blog: FilledBlog,
): Promise<void> {
  const ratios: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const ours = await load(scenario, app, blog, 16, secondsPerTurn);
    const bare = await load(scenario, { url: floorUrl }, blog, 16, secondsPerTurn, "floor", app.url);
    // The first round warms both up.
    if (round > 0) ratios.push(ours.perSecond / bare.perSecond);
  }
  verdict(
    `  ${scenario.name} (${ratios.map(rounded).join(", ")})`,
    median(ratios),
    "at least",
    scenario.floorShare,
  );
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
