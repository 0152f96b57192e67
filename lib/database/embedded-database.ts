import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, open, readFile } from "node:fs/promises";
import type { Socket } from "node:net";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { embeddedAddress } from "./embedded-address";
import { findLock, type Lock, reachServer } from "./embedded-lock";

export type EmbeddedDatabase = {
  url: string;
  /** Releases the database. Its process exits a second after the last lease has ended. */
  release(): Promise<void>;
};

/**
 * Opens the embedded PostgreSQL: PGlite in a separate process, with its data in `dataDir`.
 * Starts it, or connects to it if another process has already started it on that folder. The lease ends with this
 * process, even if it crashes.
 *
 * @param patienceMs how long to wait for a process that holds the folder and does not respond.
 * @returns the URL, for any PostgreSQL client.
 * @throws Error that names the cause and how to fix it.
 */
export async function openEmbeddedDatabase({
  dataDir,
  patienceMs = 60_000,
}: {
  dataDir: string;
  patienceMs?: number;
}): Promise<EmbeddedDatabase> {
  const folder = resolve(dataDir);
  await mkdir(folder, { recursive: true, mode: 0o700 });

  const { url, socket } = await takeLease(folder, patienceMs);
  let lease = socket;
  let isReleased = false;
  lease.once("close", renewLease);
  return {
    url,
    async release() {
      isReleased = true;
      if (lease.destroyed) return;
      lease.ref();
      lease.end();
      await once(lease, "close");
    },
  };

  /** The database process was killed: starts the next one, which listens at the same address. */
  async function renewLease() {
    if (isReleased) return;
    try {
      const next = await takeLease(folder, patienceMs);
      lease = next.socket;
      lease.once("close", renewLease);
      if (isReleased) lease.end();
      if (next.url !== url) console.error("The embedded database has a new address. Please start again.");
    } catch (error) {
      console.error(error);
    }
  }
}

async function takeLease(dataDir: string, patienceMs: number): Promise<{ url: string; socket: Socket }> {
  const deadline = Date.now() + patienceMs;
  let server: ChildProcess | undefined;
  while (Date.now() < deadline) {
    const lock = await findLock(dataDir);
    const answer = lock ? await reachServer(lock) : "gone";

    if (lock?.record && answer !== "gone" && answer !== "silent") {
      if (await answer.opened) {
        // A lease alone must not keep a process running.
        answer.socket.unref();
        return { socket: answer.socket, url: embeddedAddress(lock.record) };
      }
    }
    if (server?.exitCode) throw new Error(await startFailureMessage(dataDir));
    const isStarting = server && server.exitCode === null && server.signalCode === null;
    if (answer === "gone" && !isStarting) server = await startServer(dataDir);
    await delay(50);
  }
  throw new Error(await blockedMessage(dataDir));
}

/** Starts a detached process: Ctrl-C does not reach it, and it may serve other processes after this one ends. */
async function startServer(dataDir: string): Promise<ChildProcess> {
  const { NODE_OPTIONS: _, ...env } = process.env;
  const log = await open(logOf(dataDir), "a", 0o600);
  const server = spawn(process.execPath, ["--import", "tsx", "lib/database/embedded-server.ts", dataDir], {
    detached: true,
    env,
    stdio: ["ignore", log.fd, log.fd],
    windowsHide: true,
  });
  server.unref();
  await log.close();
  return server;
}

async function startFailureMessage(dataDir: string): Promise<string> {
  const log = await readFile(logOf(dataDir), "utf8");
  // A container image does not contain it.
  if (log.includes("ERR_MODULE_NOT_FOUND")) {
    return "There is no embedded database in this build. Set DATABASE_URL to a PostgreSQL.";
  }
  return (
    `The embedded database did not start.\n\n${log.trim().slice(-1_000)}\n\n` +
    `To start over with an empty one, delete the folder ${join(dataDir, "postgres")}. ` +
    "To use another PostgreSQL, set DATABASE_URL."
  );
}

async function blockedMessage(dataDir: string): Promise<string> {
  const lock: Lock | undefined = await findLock(dataDir);
  const holder = lock?.record ? `Process ${lock.record.pid} on ${lock.record.host}` : "Another process";
  return (
    `${holder} holds the embedded database in ${dataDir} and does not answer. End that process, ` +
    `or, if it no longer exists, delete ${lock?.path ?? "the lock files there"}.`
  );
}

function logOf(dataDir: string): string {
  return join(dataDir, "postgres.log");
}
