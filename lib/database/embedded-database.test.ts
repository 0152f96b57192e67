import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { freePort } from "@/lib/testing/servers/free-port";
import { type EmbeddedDatabase, openEmbeddedDatabase } from "./embedded-database";
import { findLock, type ServerRecord } from "./embedded-lock";

// Creating a database takes seconds, and longer on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

let template: string;
let dataDir: string;
const opened: EmbeddedDatabase[] = [];
const processes: ChildProcess[] = [];

beforeAll(async () => {
  template = await mkdtemp(join(tmpdir(), "blog-test-"));
  const database = await openEmbeddedDatabase({ dataDir: template });
  await execute(database.url, "CREATE TABLE note (id int)");
  await database.release();
  await serverEnded(template);
});
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "blog-test-"));
  await cp(join(template, "postgres"), join(dataDir, "postgres"), { recursive: true });
});
afterEach(async () => {
  for (const database of opened.splice(0)) await database.release();
  for (const child of processes.splice(0)) child.kill("SIGKILL");
  await rm(dataDir, { recursive: true, maxRetries: 20, retryDelay: 100 });
});
afterAll(() => rm(template, { recursive: true }));

test("keeps its data after it was closed and opened again", async () => {
  const { url, release } = await open();
  await execute(url, "INSERT INTO note VALUES (1)");
  await release();
  await serverEnded(dataDir);

  expect(await execute((await open()).url, "SELECT id FROM note")).toEqual([{ id: 1 }]);
});

test("processes that start together share one server", async () => {
  const addresses = await Promise.all([startProcess(), startProcess(), open().then(({ url }) => url)]);

  expect(new Set(addresses).size).toBe(1);
  expect(await locks()).toHaveLength(1);
});

test("the server exits after its last process was killed", async () => {
  await startProcess();
  const server = (await findLock(dataDir))?.record?.pid ?? 0;
  processes[0]?.kill("SIGKILL");

  await serverEnded(dataDir);
  await expect.poll(() => isRunning(server), { timeout: 10_000 }).toBe(false);
});

test("the server keeps running while another process uses it", async () => {
  await startProcess();
  const { url } = await open();
  processes[0]?.kill("SIGKILL");
  await once(processes[0] as ChildProcess, "exit");

  expect(await execute(url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
});

test("signals such as SIGINT and SIGTERM do not stop a server in use", async () => {
  const { url } = await open();
  const server = (await findLock(dataDir))?.record?.pid ?? 0;
  process.kill(server, "SIGINT");
  process.kill(server, "SIGTERM");

  expect(await execute(url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
});

test("acknowledged writes survive a killed server, which restarts at the same address", async () => {
  const { url } = await open();
  const acknowledged: number[] = [];
  let id = 0;
  for (let round = 0; round < 3; round++) {
    const server = (await findLock(dataDir))?.record?.pid ?? 0;
    const isDone = () => acknowledged.length >= (round + 1) * 50;
    const client = await connect(url);
    try {
      while (!isDone() || isRunning(server)) {
        await client.query("INSERT INTO note VALUES ($1)", [id]);
        acknowledged.push(id++);
        if (isDone()) process.kill(server, "SIGKILL");
      }
    } catch {
      // It is unknown whether the write in flight was stored.
      id++;
    }
    await expect
      .poll(() => execute(url, "SELECT 1 AS one").catch(() => undefined), { timeout: 10_000 })
      .toBeDefined();
  }

  const rows = await execute(url, "SELECT id FROM note");
  expect(rows.map((row) => row.id)).toEqual(expect.arrayContaining(acknowledged));
});

test("takes over the lock of a dead server, even if another process has its PID now", async () => {
  await leaveLock({ pid: process.pid, leasePort: await freePort() });

  expect(await execute((await open()).url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
});

test("takes over the lock of a dead server, even if another process listens on its port now", async () => {
  const otherServer = createServer((socket) => socket.end("220 mail.example.com\r\n")).listen(0, "127.0.0.1");
  await once(otherServer, "listening");
  await leaveLock({ pid: process.pid, leasePort: (otherServer.address() as AddressInfo).port });

  expect(await execute((await open()).url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  otherServer.close();
});

test("takes over a lock that was only partly written", async () => {
  await leaveLock("", { ageSeconds: 10 });

  expect(await execute((await open()).url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
});

test("takes over the lock of another machine without a recent heartbeat", async () => {
  await leaveLock({ pid: 1, leasePort: 1, host: "another" }, { ageSeconds: 60 });

  expect(await execute((await open()).url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
});

test("does not replace a live server on another machine, and says so in the error", async () => {
  await leaveLock({ pid: 4711, leasePort: 1, host: "another" });

  await expect(openEmbeddedDatabase({ dataDir, patienceMs: 500 })).rejects.toThrow(
    /Process 4711 on another holds the embedded database .* does not answer. End that process/,
  );
});

test("does not replace a live process that does not respond", async () => {
  const silent = createServer(() => undefined).listen(0, "127.0.0.1");
  await once(silent, "listening");
  await leaveLock({ pid: process.pid, leasePort: (silent.address() as AddressInfo).port });

  await expect(openEmbeddedDatabase({ dataDir, patienceMs: 500 })).rejects.toThrow(/does not answer/);
  silent.close();
});

test("repeats a first start that was interrupted", async () => {
  await rm(join(dataDir, "postgres"), { recursive: true });
  await mkdir(join(dataDir, "postgres.new"));
  await writeFile(join(dataDir, "postgres.new", "PG_VERSION"), "18");

  expect(await execute((await open()).url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
});

test("explains what to do about a database that cannot be opened", async () => {
  await rm(join(dataDir, "postgres", "global"), { recursive: true });

  await expect(openEmbeddedDatabase({ dataDir })).rejects.toThrow(
    /did not start[\s\S]*delete the folder .*postgres[\s\S]*DATABASE_URL/,
  );
});

async function open(): Promise<EmbeddedDatabase> {
  const database = await openEmbeddedDatabase({ dataDir });
  opened.push(database);
  return database;
}

/** @returns the URL of the database that the process uses. */
async function startProcess(): Promise<string> {
  const child = spawn(
    process.execPath,
    ["--import", "tsx", "lib/testing/database/hold-database.ts", dataDir],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  processes.push(child);
  const [line] = await once(child.stdout, "data");
  return String(line).trim();
}

async function leaveLock(
  record: Partial<ServerRecord> | "",
  { ageSeconds = 0 }: { ageSeconds?: number } = {},
): Promise<void> {
  const path = join(dataDir, "postgres.7.lock");
  const left = { host: hostname(), nonce: "left", port: 0, password: "left", ...(record || {}) };
  await writeFile(path, record === "" ? "" : JSON.stringify(left));
  const time = new Date(Date.now() - ageSeconds * 1_000);
  await utimes(path, time, time);
}

async function locks(): Promise<string[]> {
  return (await readdir(dataDir)).filter((name) => name.endsWith(".lock"));
}

/** Waits until the server has closed the database. */
async function serverEnded(folder: string): Promise<void> {
  await vi.waitFor(async () => expect((await findLock(folder))?.record?.ended).toBe(true), {
    timeout: 10_000,
  });
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

async function execute(url: string, sql: string) {
  const client = await connect(url);
  const { rows } = await client.query(sql).finally(() => client.end());
  return rows;
}
