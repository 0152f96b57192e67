import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Client } from "pg";
import { freePort } from "@/lib/testing/servers/free-port";
import type { PostgresServer } from "../postgres-server";
import { SkippedError } from "./skipped-error";

/** Fewer than the twenty connections of two instances, so that their transactions share sessions. */
const serverConnections = 12;

/**
 * Runs a case whose instances reach the database through PgBouncer in transaction mode.
 *
 * @throws SkippedError if PgBouncer is not installed.
 */
export function throughPooler(
  run: (server: PostgresServer) => Promise<string>,
): (server: PostgresServer) => Promise<string> {
  return async (server) => {
    const pooler = await startPooler(server);
    try {
      // Without `faults`: these cases do not need them.
      const measured = await run({ url: server.url, pooledUrl: pooler.urlOf, stop: server.stop });
      pooler.assertRunning();
      return measured;
    } finally {
      await pooler.stop();
    }
  };
}

async function startPooler(server: PostgresServer) {
  const program = findProgram();
  const { hostname, port: serverPort, username, password } = new URL(server.url);
  const port = await freePort();
  const home = mkdtempSync(join(tmpdir(), "blog-pgbouncer-"));
  const settings = join(home, "pgbouncer.ini");
  writeFileSync(
    settings,
    `[databases]
* = host=${hostname} port=${serverPort || 5432} user=${username} password=${password}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = ${serverConnections}
max_client_conn = 200
`,
    { mode: 0o644 },
  );
  // PgBouncer refuses to run as root.
  const user = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {};
  chmodSync(home, 0o755);
  const pooler = spawn(program, [settings], { stdio: ["ignore", "ignore", "pipe"], ...user });
  let printed = "";
  pooler.stderr.on("data", (data) => {
    printed += data;
  });
  const exited = once(pooler, "exit");
  const urlOf = (databaseUrl: string) => {
    const url = new URL(databaseUrl);
    url.host = `127.0.0.1:${port}`;
    // As in the connection strings of Supabase.
    url.searchParams.set("pgbouncer", "true");
    return url.href;
  };
  const deadline = Date.now() + 10_000;
  while (!(await isUp(urlOf(server.url)))) {
    if (pooler.exitCode !== null || Date.now() > deadline) {
      pooler.kill("SIGKILL");
      throw new Error(`PgBouncer did not start:\n${printed}`);
    }
    await delay(50);
  }
  return {
    urlOf,
    assertRunning: () => assert.equal(pooler.exitCode, null, `PgBouncer ended:\n${printed.slice(-1_000)}`),
    async stop() {
      pooler.kill("SIGKILL");
      await exited;
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** The user `nobody` on Debian and most other systems. */
const nobody = 65534;

/** @throws SkippedError if PgBouncer is not installed. */
function findProgram(): string {
  for (const program of ["pgbouncer", "/usr/sbin/pgbouncer"]) {
    try {
      execFileSync(program, ["--version"], { stdio: "ignore" });
      return program;
    } catch {
      // Try the next path.
    }
  }
  throw new SkippedError("because PgBouncer is not installed (on Debian: apt-get install pgbouncer).");
}

async function isUp(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 1_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query("SELECT 1");
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
