import { Pool, type QueryResultRow } from "pg";
import { testSettings } from "@/lib/testing/app/settings";
import { type RunningApp, startApp } from "@/lib/testing/app/start-app";
import { openTestDatabase } from "@/lib/testing/database/test-database";
import { freePort } from "@/lib/testing/servers/free-port";
import type { PostgresServer } from "../postgres-server";

/** An instance of the app, which can be killed and restarted at the same URL. */
export type Instance = {
  url: string;
  pid(): number | undefined;
  /** The unexpected errors that it logged. */
  unexpectedErrors(): string[];
  start(): Promise<void>;
  /** Sends a signal, and waits until the process has ended. */
  end(signal: "SIGTERM" | "SIGKILL"): Promise<void>;
};

/** A new database, and instances of the app on it. */
export type Deployment = {
  instances: [Instance, ...Instance[]];
  sql<Row extends QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
};

/** @returns the instance, or other item, whose turn it is. */
export function pick<Item>(items: readonly [Item, ...Item[]], turn: number): Item {
  return items[turn % items.length] ?? items[0];
}

/**
 * Runs a test in a new deployment, which is removed afterwards. Its instances start together and apply the migrations.
 */
export async function withDeployment<Result>(
  server: PostgresServer,
  { instances: count = 1, settings = {} }: { instances?: number; settings?: Record<string, string> },
  act: (deployment: Deployment) => Promise<Result>,
): Promise<Result> {
  const database = await openTestDatabase(server.url);
  const pool = new Pool({ connectionString: database.url });
  // Killing the server breaks idle connections.
  pool.on("error", () => undefined);
  // Tokens contain the URL of the site, which all instances share.
  const shared = {
    ...testSettings,
    APP_URL: "http://localhost",
    DATABASE_URL: server.pooledUrl?.(database.url) ?? database.url,
    DATA_DIR: database.dataDir,
    ...settings,
  };
  const instances: Deployment["instances"] = [newInstance(shared, await freePort())];
  while (instances.length < count) instances.push(newInstance(shared, await freePort()));
  try {
    await Promise.all(instances.map((instance) => instance.start()));
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
