import { type FileHandle, open, readdir, readFile, stat, unlink, writeFile } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { hostname } from "node:os";
import { join } from "node:path";
import { errorCodeOf } from "@/lib/runtime/error-code";

/** What a server of the embedded database writes down, so that others find it instead of starting a second. */
export type ServerRecord = {
  pid: number;
  host: string;
  /** Where a lease is taken: a connection that keeps the server up as long as it lives. */
  leasePort: number;
  /** Known to this server alone. Whatever else got its port meanwhile cannot answer with it. */
  nonce: string;
  /** Where PostgreSQL is spoken. Port and password outlive the server, so that its address stays the same. */
  port: number;
  password: string;
  /** Set when the server has closed the database and gone. */
  ended?: boolean;
};

export type Lock = {
  generation: number;
  path: string;
  /** Undefined while it is being written, or if that was cut short. */
  record?: ServerRecord;
};

/**
 * The newest lock on a folder, alive or not.
 *
 * Locks are numbered, and the newest one is never removed: the process that finds it dead makes the next, and the file
 * system lets only one do so. Removing a dead lock to make a new one would sooner or later remove a new one.
 */
export async function findLock(dataDir: string): Promise<Lock | undefined> {
  const generation = Math.max(...(await generations(dataDir)));
  if (generation < 0) return undefined;
  const path = pathOf(dataDir, generation);
  const text = await readFile(path, "utf8").catch(() => "");
  return { generation, path, record: parse(text) };
}

/**
 * Takes the lock on a folder, after `previous` was found dead.
 *
 * @returns undefined if another process was faster.
 */
export async function takeLock(
  dataDir: string,
  previous: Lock | undefined,
  record: ServerRecord,
): Promise<Lock | undefined> {
  const generation = (previous?.generation ?? -1) + 1;
  const path = pathOf(dataDir, generation);
  const file = await createExclusively(path);
  if (!file) return undefined;
  await file.writeFile(JSON.stringify(record));
  await file.close();

  const others = await generations(dataDir);
  if (Math.max(...others) > generation) {
    // The record is old: several servers have started and ended since.
    await unlink(path);
    return undefined;
  }
  for (const older of others) {
    if (older >= 0 && older < generation) await unlink(pathOf(dataDir, older)).catch(() => undefined);
  }
  return { generation, path, record };
}

/** Marks our own lock as over, so that no other process has to find out. */
export async function endLock({ path, record }: Lock): Promise<void> {
  await writeFile(path, JSON.stringify({ ...record, ended: true }));
}

export type ReachedServer = {
  /** A lease, as long as it is connected. */
  socket: Socket;
  /** Whether the database could be opened, once that is known. */
  opened: Promise<boolean>;
};

/**
 * Tries to reach the server that holds a lock.
 *
 * @returns a lease, if it answers; `gone` if the lock is dead; `silent` if the server may be there all the same:
 * starting, closing, busy, stopped, or on another machine.
 */
export async function reachServer({ path, record }: Lock): Promise<ReachedServer | "gone" | "silent"> {
  const changedAt = await stat(path).catch(() => undefined);
  // A newer lock has just replaced it: look again.
  if (!changedAt) return "silent";
  const ageMs = Date.now() - changedAt.mtimeMs;
  if (!record) return ageMs > 5_000 ? "gone" : "silent";
  if (record.ended) return "gone";
  // The folder is shared with another machine or container, whose processes and ports we cannot see.
  if (record.host !== hostname()) return ageMs > heartbeatMs * 5 ? "gone" : "silent";

  const answer = await greet(record);
  if (answer !== "silent") return answer;
  return isRunning(record.pid) ? "silent" : "gone";
}

/** How often a server touches its lock, as a sign of life to other machines. */
export const heartbeatMs = 3_000;

/** What is said first on a lease port, by both sides. */
export function greeting({ nonce }: ServerRecord): string {
  return `embedded database ${nonce}\n`;
}

function greet(record: ServerRecord): Promise<ReachedServer | "gone" | "silent"> {
  return new Promise((resolve) => {
    const expected = greeting(record);
    let heard = "";
    let settle: (isOpen: boolean) => void = () => undefined;
    const opened = new Promise<boolean>((settleOpened) => {
      settle = settleOpened;
    });
    const giveUp = (verdict: "gone" | "silent") => {
      socket.destroy();
      resolve(verdict);
    };

    const socket = connect(record.leasePort, "127.0.0.1", () => socket.write(expected));
    socket.setTimeout(2_000, () => giveUp("silent"));
    socket.on("data", (data) => {
      heard += data;
      if (!heard.startsWith(expected.slice(0, heard.length))) return giveUp("gone");
      if (heard.length < expected.length) return;
      socket.setTimeout(0);
      resolve({ socket, opened });
      if (heard.length > expected.length) settle(true);
    });
    socket.on("error", (error) => giveUp(errorCodeOf(error) === "ECONNREFUSED" ? "gone" : "silent"));
    socket.on("close", () => {
      settle(false);
      giveUp("silent");
    });
  });
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCodeOf(error) === "EPERM";
  }
}

async function createExclusively(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, "wx", 0o600);
  } catch (error) {
    if (errorCodeOf(error) === "EEXIST") return undefined;
    throw error;
  }
}

/** The numbers of all locks there are, after a -1. */
async function generations(dataDir: string): Promise<number[]> {
  const names = await readdir(dataDir);
  return [-1, ...names.map((name) => Number(/^postgres\.(\d+)\.lock$/.exec(name)?.[1] ?? -1))];
}

function pathOf(dataDir: string, generation: number): string {
  return join(dataDir, `postgres.${generation}.lock`);
}

function parse(text: string): ServerRecord | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
