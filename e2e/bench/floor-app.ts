import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { freePort } from "@/lib/testing/servers/free-port";

const next = "node_modules/next/dist/bin/next";
const folder = "e2e/bench/floor";

/** Builds and starts the floor: bare handlers as the baseline of the app, with the same database and secrets. */
export async function startFloor(
  settings: Record<string, string>,
): Promise<{ url: string; stop(): Promise<void> }> {
  const env = { ...process.env, NODE_ENV: "production" as const, ...settings };
  const [code] = await once(
    spawn(process.execPath, [next, "build", folder], { env, stdio: "ignore" }),
    "exit",
  );
  if (code !== 0) throw new Error(`The floor does not build: npx next build ${folder}`);

  const port = String(await freePort());
  const floor = spawn(process.execPath, [next, "start", folder, "-p", port], { env, stdio: "ignore" });
  const url = `http://localhost:${port}`;
  for (const deadline = Date.now() + 60_000; !(await isUp(url)); ) {
    if (floor.exitCode !== null || Date.now() > deadline) throw new Error("The floor does not start.");
    await delay(100);
  }
  return {
    url,
    async stop() {
      const exited = once(floor, "exit");
      floor.kill("SIGTERM");
      await exited;
    },
  };
}

/** Any response counts. */
async function isUp(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}
