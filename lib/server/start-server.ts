import "server-only";
import { setTimeout as delay } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { type Env, env, SettingsError } from "@/lib/config/env";
import { setDatabaseUrl } from "@/lib/database/database-url";
import { openEmbeddedDatabase } from "@/lib/database/embedded-database";
import { migrate } from "@/lib/database/migrate";
import { isUnreachable } from "@/lib/database/unreachable";
import { log } from "@/lib/runtime/log";
import { demoAuthor, seed } from "@/prisma/seed";
import { boundConnections } from "./bound-connections";
import { freeFinishedRenders } from "./free-finished-renders";
import { normalizeRequests } from "./normalize-requests";

/**
 * Prepares the server: checks the settings, opens the database, applies its migrations. A server whose settings or
 * migrations are invalid logs the reason and exits; one whose database is unreachable starts, responds with 503, and is
 * ready as soon as the database is.
 */
export async function startServer(): Promise<void> {
  try {
    const settings = env();
    tuneGarbageCollection();
    freeFinishedRenders();
    ignoreClosedOutput();
    normalizeRequests();
    if (settings.isProduction) boundConnections();
    // On Vercel the build applies the migrations, and every instance starts at once.
    if (!settings.isVercel) await openDatabase(settings);
    await deliverPendingMail();
    await scheduleCleanup();
    if (!settings.isProduction) printWelcome(settings);
  } catch (error) {
    if (error instanceof SettingsError) console.error(`\n${error.message}\n`);
    else log.error("server.start-failed", error);
    process.exit(1);
  }
}

async function openDatabase(settings: Env): Promise<void> {
  try {
    await prepareDatabase(settings);
  } catch (error) {
    if (!isUnreachable(error)) throw error;
    log.error("database.unreachable", error);
    void retryUntilReachable(settings);
  }
}

/**
 * Applies the migrations that the database lacks. Without `DATABASE_URL` it is the embedded one. In development an empty
 * one is filled with a few articles.
 *
 * @throws MigrationError if a migration cannot be applied: retrying does not help.
 */
async function prepareDatabase({ DATABASE_URL, DATA_DIR, isProduction }: Env): Promise<void> {
  const { url, release } = DATABASE_URL
    ? { url: DATABASE_URL, release: async () => undefined }
    : await openEmbeddedDatabase({ dataDir: DATA_DIR });
  // Before anything can fail: the pool opens once, also while the database is unreachable, and keeps its URL.
  setDatabaseUrl(url);
  try {
    await migrate(url);
    if (!isProduction) await seed(url);
  } catch (error) {
    await release();
    throw error;
  }
}

async function retryUntilReachable(settings: Env): Promise<void> {
  for (;;) {
    await delay(1000);
    try {
      await prepareDatabase(settings);
      log.info("database.back");
      return;
    } catch (error) {
      if (isUnreachable(error)) continue;
      log.error("server.start-failed", error);
      process.exit(1);
    }
  }
}

/**
 * On a machine with much memory, V8 lets the heap grow to several times the live memory, more than a blog needs.
 * Collecting at about one and a half times has no measurable cost.
 */
function tuneGarbageCollection(): void {
  setFlagsFromString("--heap-growing-percent=45");
}

/**
 * When the reader of the output is gone, writing to it fails, and Next.js would log that failure there as well, in an
 * endless loop. The server continues without its log.
 */
function ignoreClosedOutput(): void {
  for (const output of [process.stdout, process.stderr]) output.on("error", () => {});
}

/** Delivers emails that were queued before a crash. */
async function deliverPendingMail(): Promise<void> {
  // Imported late: it opens the pool, which must not happen before the address is known.
  const { deliverMail } = await import("@/lib/email/outbox");
  void deliverMail();
}

/** Removes unused uploads, files orphaned by a crash, and expired records: now, and then once an hour. */
async function scheduleCleanup(): Promise<void> {
  const [{ sweepFilesThoroughly }, { deleteOldRecords }] = await Promise.all([
    import("@/lib/files/sweep-files"),
    import("./retention"),
  ]);
  const cleanUp = () => void Promise.all([sweepFilesThoroughly(), deleteOldRecords()]);
  cleanUp();
  setInterval(cleanUp, 3600 * 1000).unref();
}

function printWelcome({ APP_URL, PUBLISHABLE_KEY }: Env): void {
  const { email, password } = demoAuthor;
  console.log(`
  The blog         ${APP_URL}
  Sign in as       ${email}, password ${password}
  Publishable key  ${PUBLISHABLE_KEY}

  Other devices reach it if it starts with this machine's network address:
    APP_URL=http://192.168.0.12:3000 npm run dev -- -H 192.168.0.12

  A first request:
    curl ${APP_URL}/api/v1/auth/email/signin \\
      -H 'X-API-Key: ${PUBLISHABLE_KEY}' -H 'Content-Type: application/json' \\
      -d '{"method": "password", "email": "${email}", "password": "${password}"}'
`);
}
