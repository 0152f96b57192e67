import { type FileHandle, open, readdir, readFile, stat, unlink, writeFile } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { hostname } from "node:os";
import { join } from "node:path";
import { errorCodeOf } from "@/lib/runtime/error-code";

/** Content of the lock file, by which other processes find the server instead of starting a second one. */
export type ServerRecord = {
  pid: number;
  host: string;
  /** The port for leases: connections that keep the server running while they are open. */
  leasePort: number;
  /** Known only to this server, so that another process that got its port meanwhile is told apart. */
  nonce: string;
  /** The PostgreSQL port. The next server reuses port and password, so that the URL stays the same. */
  port: number;
  password: string;
  /** Set when the server has closed the database and exited. */
  ended?: boolean;
};

export type Lock = {
  generation: number;
  path: string;
  /** Undefined while it is being written, or if writing was interrupted. */
  record?: ServerRecord;
};

/**
 * The newest lock on a folder, whether its server is alive or not.
 *
 * Locks are numbered, and the newest one is never removed: a process that finds it dead creates the next, which the
 * file system lets only one process do. Removing a dead lock instead could race and remove a new one.
 */
export async function findLock(dataDir: string): Promise<Lock | undefined> {
  const generation = Math.max(...(await generations(dataDir)));
  if (generation < 0) return undefined;
  const path = pathOf(dataDir, generation);
  const text = await readFile(path, "utf8").catch(() => "");
  return { generation, path, record: parse(text) };
}

/**
 * Takes the lock on a folder after `previous` was found dead.
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
    // `previous` was outdated: several servers have started and ended since.
    await unlink(path);
    return undefined;
  }
  for (const older of others) {
    if (older >= 0 && older < generation) await unlink(pathOf(dataDir, older)).catch(() => undefined);
  }
  return { generation, path, record };
}

/** Marks the own lock as ended, so that other processes need not probe it. */
export async function endLock({ path, record }: Lock): Promise<void> {
  await writeFile(path, JSON.stringify({ ...record, ended: true }));
}

export type ReachedServer = {
  /** The lease, which lasts while it is connected. */
  socket: Socket;
  /** Resolves to whether the database could be opened. */
  opened: Promise<boolean>;
};

/**
 * Tries to reach the server that holds a lock.
 *
 * @returns a lease, if it responds; `gone` if the lock is dead; `silent` if the server may still be alive: starting,
 * closing, busy, stopped, or on another machine.
 */
export async function reachServer({ path, record }: Lock): Promise<ReachedServer | "gone" | "silent"> {
  const changedAt = await stat(path).catch(() => undefined);
  // A newer lock has just replaced it: the caller tries again.
  if (!changedAt) return "silent";
  const ageMs = Date.now() - changedAt.mtimeMs;
  if (!record) return ageMs > 5_000 ? "gone" : "silent";
  if (record.ended) return "gone";
  // The folder is shared with another machine or container, whose processes and ports are not visible here.
  if (record.host !== hostname()) return ageMs > heartbeatMs * 5 ? "gone" : "silent";

  const answer = await greet(record);
  if (answer !== "silent") return answer;
  return isRunning(record.pid) ? "silent" : "gone";
}

/** How often a server touches its lock file, as a heartbeat for other machines. */
export const heartbeatMs = 3_000;

/** The first message on a lease port, from both sides. */
export function greeting({ nonce }: ServerRecord): string {
  return `embedded database ${nonce}\n`;
}

function greet(record: ServerRecord): Promise<ReachedServer | "gone" | "silent"> {
  return new Promise((resolve) => {
    const expected = greeting(record);
    let received = "";
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
      received += data;
      if (!received.startsWith(expected.slice(0, received.length))) return giveUp("gone");
      if (received.length < expected.length) return;
      socket.setTimeout(0);
      resolve({ socket, opened });
      if (received.length > expected.length) settle(true);
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

/** The numbers of all lock files, preceded by -1. */
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
