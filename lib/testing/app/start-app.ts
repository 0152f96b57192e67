import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { freePort } from "@/lib/testing/servers/free-port";
import { secretsIn } from "./secrets";

export type RunningApp = {
  url: string;
  process: ChildProcess;
  /** Everything that it has printed so far. */
  output(): string;
  /** @throws Error if it has written secrets into its log. */
  stop(): Promise<void>;
};

/**
 * Starts the production build on a free port and waits until it is ready.
 *
 * @throws Error with its output, if it exits or is not ready within two minutes.
 */
export async function startApp(settings: Record<string, string>): Promise<RunningApp> {
  const port = settings.PORT || String(await freePort());
  const url = settings.APP_URL || `http://localhost:${port}`;
  const app = spawn(process.execPath, ["node_modules/next/dist/bin/next", "start"], {
    env: { ...process.env, NODE_ENV: "production", ...settings, PORT: port, APP_URL: url },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  app.stdout.on("data", (data) => {
    printed += data;
  });
  app.stderr.on("data", (data) => {
    printed += data;
  });

  const deadline = Date.now() + 120_000;
  while (!(await isReady(`http://localhost:${port}`))) {
    if (app.exitCode !== null || Date.now() > deadline) {
      app.kill("SIGKILL");
      throw new Error(`The app did not start:\n${printed}`);
    }
    await delay(100);
  }

  return {
    url,
    process: app,
    output: () => printed,
    async stop() {
      if (app.exitCode === null && app.signalCode === null) {
        // Then its output is complete.
        const closed = once(app, "close");
        app.kill("SIGTERM");
        await closed;
      }
      const leaked = secretsIn(printed);
      if (leaked.length > 0) throw new Error(`The app wrote secrets into its log: ${leaked.join(", ")}`);
    },
  };
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
}
