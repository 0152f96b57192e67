import "server-only";
import { channel } from "node:diagnostics_channel";
import { type IncomingMessage, Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { routeMethods, unsupportedMethodHeader } from "@/lib/api/methods";
import { type Env, env, SettingsError } from "@/lib/config/env";
import { connectionAddressHeader } from "@/lib/core/client";
import { log } from "@/lib/runtime/log";
import { receiveForGuestPages } from "@/lib/web/guest-pages/render-page";
import { demoAuthor } from "@/prisma/seed";
import { DatabaseUnreachable, startDatabase } from "./start-database";
import { replaceUnavailablePage } from "./unavailable-page";

/**
 * Makes the server ready: checks the settings, opens the database, applies its migrations. A server whose
 * settings or migrations are wrong does not start, and says why; one whose database is away starts, answers
 * 503, and is ready as soon as the database is.
 */
export async function startServer(): Promise<void> {
  try {
    const settings = env();
    tuneGarbageCollection();
    ignoreClosedOutput();
    normalizeRequests();
    if (settings.isProduction) boundConnections();
    // On Vercel the build applies the migrations, and every instance starts at once.
    if (!settings.isVercel) await openDatabase(settings);
    await deliverPendingMail();
    await keepTidy();
    if (!settings.isProduction) printWelcome(settings);
  } catch (error) {
    if (error instanceof SettingsError) console.error(`\n${error.message}\n`);
    else log.error("server.start-failed", error);
    process.exit(1);
  }
}

async function openDatabase(settings: Env): Promise<void> {
  try {
    // From here on `lib/core/db.ts` finds the address of the embedded database as if it had been configured.
    process.env.DATABASE_URL = await prepareDatabase(settings);
  } catch (error) {
    if (!(error instanceof DatabaseUnreachable)) throw error;
    log.error("database.unreachable", error);
    void retryUntilReachable(settings);
  }
}

async function prepareDatabase({ DATABASE_URL, DATA_DIR, isProduction }: Env): Promise<string> {
  const { url } = await startDatabase({ databaseUrl: DATABASE_URL, dataDir: DATA_DIR, seed: !isProduction });
  return url;
}

async function retryUntilReachable(settings: Env): Promise<void> {
  for (;;) {
    await delay(1000);
    try {
      await prepareDatabase(settings);
      log.info("database.back");
      return;
    } catch (error) {
      if (error instanceof DatabaseUnreachable) continue;
      log.error("server.start-failed", error);
      process.exit(1);
    }
  }
}

/**
 * On a machine with much memory V8 lets what is no longer used grow to several times what is, which a blog on a
 * small server pays for. Collected when it is two and a half times as much, it costs no speed that can be measured.
 */
function tuneGarbageCollection(): void {
  setFlagsFromString("--heap-growing-percent=160");
}

/**
 * When the reader of our output is gone, writing to it fails; Next.js would write that failure down there too, and
 * so on for ever. A server goes on without its log.
 */
function ignoreClosedOutput(): void {
  for (const output of [process.stdout, process.stderr]) output.on("error", () => {});
}

/** After a signal to end, requests that are on their way have this long. */
const lastRequestsMs = 5_000;
/** And after this the process ends, whatever is left; a process manager kills it after ten seconds. */
const lastWorkMs = 9_000;

/**
 * Next.js ends when the last connection is closed, and leaves that to the clients. One that sends its headers byte by
 * byte would keep the process alive for ever, so connections are closed in time.
 *
 * (In development Next.js closes them itself, and needs `Upgrade` for hot reloading.)
 */
function boundConnections(): void {
  const open = new Set<Socket>();
  channel("net.server.socket").subscribe((message) => {
    // The message of this channel, as Node documents it.
    const { socket } = message as { socket: Socket };
    open.add(socket);
    socket.once("close", () => open.delete(socket));
    ignoreUpgrades(socket);
  });

  const endInTime = (exitCode: number) => {
    setTimeout(() => {
      for (const socket of open) socket.destroy();
    }, lastRequestsMs);
    setTimeout(() => process.exit(exitCode), lastWorkMs);
  };
  process.once("SIGTERM", () => endInTime(143));
  process.once("SIGINT", () => endInTime(130));
}

/**
 * No route speaks another protocol, but Next.js takes a request with `Upgrade` and neither answers it nor closes its
 * connection. Without a listener Node.js answers it as the HTTP request that it also is.
 *
 * @see RFC 9110, section 7.8: a server may ignore the header
 */
function ignoreUpgrades(socket: Socket & { server?: unknown }): void {
  if (socket.server instanceof Server) socket.server.removeAllListeners("upgrade");
}

/** Sees to each request as it arrives, before Next.js does. */
function normalizeRequests(): void {
  channel("http.server.request.start").subscribe((message) => {
    // The message of this channel, as Node documents it.
    const { request, response, server } = message as RequestStart;
    receiveForGuestPages(request, server);
    setConnectionAddressHeader(request);
    rejectDuplicateAuthorization(request);
    normalizePath(request);
    forwardUnsupportedMethods(request);
    if (!isOfApi(request.url ?? "")) replaceUnavailablePage(request, response);
    // Asked to end, a server waits for its connections, and clients that are never silent would keep theirs for ever.
    if (!server.listening) response.shouldKeepAlive = false;
  });
}

type RequestStart = { request: IncomingMessage; response: ServerResponse; server: Server };

/**
 * Next.js hands route handlers no socket, and leaves `X-Forwarded-For` as the caller wrote it. So the address of
 * the connection is put into a header of our own, over whatever a caller put there.
 */
function setConnectionAddressHeader({ headers, socket }: IncomingMessage): void {
  headers[connectionAddressHeader] = socket.remoteAddress ?? "";
}

/** Node keeps the first of two `Authorization` headers, a proxy may look at the last: neither counts. */
function rejectDuplicateAuthorization({ headers, rawHeaders }: IncomingMessage): void {
  if (headers.authorization === undefined) return;
  const names = rawHeaders.filter((_, index) => index % 2 === 0);
  if (names.filter((name) => name.toLowerCase() === "authorization").length > 1) headers.authorization = ",";
}

/**
 * Next.js answers an escape that means nothing (`%`, `%ff`) with 500: it is taken as it stands. And it answers a
 * doubled or trailing slash with a redirect that lacks what the API's answers have: below `/api` it does not count.
 */
function normalizePath(request: IncomingMessage): void {
  const [path = "", ...query] = request.url?.split("?") ?? [];
  const readable = isReadable(path) ? path : path.replaceAll("%", "%25");
  const tidy = isOfApi(readable) ? readable.replace(/\/+/g, "/").replace(/\/$/, "") : readable;
  if (tidy !== path) request.url = [tidy, ...query].join("?");
}

/**
 * Next.js answers `TRACE` with 500 and other methods that it does not know with an empty 400. Below `/api` they reach
 * the route by another name, and it refuses them as what it does not offer.
 */
function forwardUnsupportedMethods(request: IncomingMessage): void {
  delete request.headers[unsupportedMethodHeader];
  const { method = "", url = "" } = request;
  if (routeMethods.includes(method) || !isOfApi(url)) return;
  request.headers[unsupportedMethodHeader] = method;
  request.method = "PUT";
}

function isOfApi(address: string): boolean {
  return /^\/api([/?]|$)/.test(address);
}

function isReadable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

/** What a crash left unsent. */
async function deliverPendingMail(): Promise<void> {
  // Imported late: it opens the pool, which must not happen before the address is known.
  const { deliverMail } = await import("@/lib/email/outbox");
  void deliverMail();
}

/** Removes unused uploads, files orphaned by a crash, and records whose time is over: now, and then once an hour. */
async function keepTidy(): Promise<void> {
  const [{ sweepFilesThoroughly }, { deleteOldRecords }] = await Promise.all([
    import("@/lib/files/sweep-files"),
    import("./retention"),
  ]);
  const tidy = () => void Promise.all([sweepFilesThoroughly(), deleteOldRecords()]);
  tidy();
  setInterval(tidy, 3600 * 1000).unref();
}

function printWelcome({ APP_URL, PUBLISHABLE_KEY }: Env): void {
  const { email, password } = demoAuthor;
  console.log(`
  The blog         ${APP_URL}
  Sign in as       ${email}, password ${password}
  Publishable key  ${PUBLISHABLE_KEY}

  Only this machine reaches it. To let others in:
    npm run dev -- -H 0.0.0.0

  A first request:
    curl ${APP_URL}/api/v1/auth/email/signin \\
      -H 'X-API-Key: ${PUBLISHABLE_KEY}' -H 'Content-Type: application/json' \\
      -d '{"method": "password", "email": "${email}", "password": "${password}"}'
`);
}
