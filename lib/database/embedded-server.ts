import { randomBytes, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { rename, rm, utimes } from "node:fs/promises";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { hostname } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import {
  endLock,
  findLock,
  greeting,
  heartbeatMs,
  reachServer,
  type ServerRecord,
  takeLock,
} from "./embedded-lock";
import { servePostgres } from "./serve-postgres";

// The process of the embedded database, started by embedded-database.ts with the data folder as its argument.
// It runs while a process holds a lease, and a second longer for the next process.

const dataDir = process.argv[2] ?? ".data";
const graceMs = 1_000;

const previous = await findLock(dataDir);
if (previous && (await reachServer(previous)) !== "gone") process.exit();

const leaseSockets = new Set<Socket>();
let endTimer: NodeJS.Timeout | undefined;
let hasEnded = false;
let open: (postgres: PGlite) => void = () => undefined;
const opened = new Promise<PGlite>((resolve) => {
  open = resolve;
});

// Both ports open before the lock is written, so that a refused connection always means a dead server.
// Port and password are those of the previous server: an app that outlived it still uses them.
const password = previous?.record?.password ?? randomBytes(16).toString("hex");
const database = servePostgres(opened, password);
const leases = createServer(acceptLease);
const record: ServerRecord = {
  pid: process.pid,
  host: hostname(),
  nonce: randomUUID(),
  leasePort: await listen(leases, 0),
  port: await listen(database, previous?.record?.port ?? 0).catch(() => listen(database, 0)),
  password,
};

const lock = (await takeLock(dataDir, previous, record)) ?? process.exit();

// Exits when its folder was deleted.
setInterval(() => utimes(lock.path, new Date(), new Date()).catch(() => process.exit(1)), heartbeatMs);

// Ignored while in use: Ctrl-C and SIGTERM are for the app, which may have writes to finish. Its lease ends with it.
process.on("SIGINT", () => leaseSockets.size === 0 && end());
process.on("SIGTERM", () => leaseSockets.size === 0 && end());

try {
  open(await openPostgres());
} catch (error) {
  console.error(`The embedded database in ${dataDir} cannot be opened.`, error);
  await endLock(lock);
  process.exit(1);
}
endUnlessLeased();

/** A new database is created under another name, so that one interrupted by a crash is never mistaken for complete. */
async function openPostgres(): Promise<PGlite> {
  const folder = join(dataDir, "postgres");
  if (!existsSync(folder)) {
    const draft = join(dataDir, "postgres.new");
    await rm(draft, { recursive: true, force: true });
    const postgres = await PGlite.create(draft);
    await postgres.close();
    await rename(draft, folder);
  }
  return PGlite.create(folder, { extensions: { pg_trgm } });
}

function acceptLease(socket: Socket) {
  socket.on("error", () => socket.destroy());
  socket.once("data", (data) => {
    // A process that connects too late waits until this process has exited, and then starts the next server.
    if (hasEnded || data.toString() !== greeting(record)) return;
    leaseSockets.add(socket);
    socket.write(greeting(record));
    void opened.then(() => socket.write("open\n"));
    socket.on("close", () => {
      leaseSockets.delete(socket);
      endUnlessLeased();
    });
  });
}

function endUnlessLeased() {
  clearTimeout(endTimer);
  endTimer = setTimeout(() => leaseSockets.size === 0 && end(), graceMs);
}

async function end() {
  hasEnded = true;
  await (await opened).close();
  await endLock(lock);
  process.exit();
}

/** Listens on the loopback address only. @returns the port. */
function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
}
