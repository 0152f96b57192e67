import { Pool, type QueryResultRow } from "pg";
import { migrate } from "@/lib/database/migrate";
import { testSettings } from "@/lib/testing/app/settings";
import { type RunningApp, startApp } from "@/lib/testing/app/start-app";
import { openTestDatabase } from "@/lib/testing/database/test-database";
import { freePort } from "@/lib/testing/servers/free-port";
import type { PostgresServer } from "../postgres-server";

/** An instance of the app, which may be killed and started again at the same address. */
export type Instance = {
  url: string;
  pid(): number | undefined;
  /** The unexpected errors that it logged. */
  unexpectedErrors(): string[];
  start(): Promise<void>;
  /** Sends a signal, and waits until the process is gone. */
  end(signal: "SIGTERM" | "SIGKILL"): Promise<void>;
};

/** A fresh database, and instances of the app on it. */
export type Deployment = {
  instances: [Instance, ...Instance[]];
  sql<Row extends QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
};

/** Runs a test in a new deployment, which is removed afterwards. */
export async function withDeployment<Result>(
  server: PostgresServer,
  { instances: count = 1, settings = {} }: { instances?: number; settings?: Record<string, string> },
  act: (deployment: Deployment) => Promise<Result>,
): Promise<Result> {
  const database = await openTestDatabase(server.url);
  await migrate(database.url);
  const pool = new Pool({ connectionString: database.url });
  // A server that is killed takes idle connections along.
  pool.on("error", () => undefined);
  // Tokens name the site, not the instance that issued them.
  const shared = { ...testSettings, APP_URL: "http://localhost", DATABASE_URL: database.url };
  const first = newInstance({ ...shared, DATA_DIR: database.dataDir, ...settings }, await freePort());
  const instances: Deployment["instances"] = [first];
  try {
    await first.start();
    while (instances.length < count) {
      const next = newInstance({ ...shared, DATA_DIR: database.dataDir, ...settings }, await freePort());
      instances.push(next);
      await next.start();
    }
    return await act({
      instances,
      sql: async (text, values) => (await pool.query(text, values)).rows,
    });
  } catch (error) {
    for (const line of instances.flatMap((instance) => instance.unexpectedErrors())) console.error(line);
    throw error;
  } finally {
    for (const instance of instances) await instance.end("SIGKILL");
    await pool.end();
    await database.remove();
  }
}

function newInstance(settings: Record<string, string>, port: number): Instance {
  let app: RunningApp | undefined;
  return {
    url: `http://localhost:${port}`,
    pid: () => app?.process.pid,
    unexpectedErrors: () =>
      app
        ?.output()
        .split("\n")
        .filter((line) => line.includes("common/internal-error")) ?? [],
    async start() {
      app = await startApp({ ...settings, PORT: String(port) });
    },
    async end(signal) {
      const running = app?.process;
      if (!running || running.exitCode !== null || running.signalCode !== null) return;
      const exited = new Promise((resolve) => running.once("exit", resolve));
      running.kill(signal);
      await exited;
    },
  };
}
