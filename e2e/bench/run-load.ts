import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Load, LoadResult } from "./load";

/** A load that runs until it is stopped. */
export type RunningLoad = { stop(): Promise<void> };

/**
 * Sends a load from a separate process.
 *
 * @throws Error if any request failed, since the measurement is then meaningless.
 */
export async function runLoad(load: Load): Promise<LoadResult> {
  const child = startProcess(load);
  const exited = once(child, "exit");
  const answered = once(child, "message");
  await Promise.race([answered, exited]);
  if (child.exitCode) throw new Error("The load could not be sent.");
  const [result]: LoadResult[] = await answered;
  if (!result || result.failures > 0) {
    throw new Error(`${result?.failures} requests of ${load.connections[0]?.[0]?.path} failed.`);
  }
  return result;
}

/** Sends a load in the background. */
export function startLoad(load: Omit<Load, "seconds">): RunningLoad {
  const child = startProcess({ ...load, seconds: 24 * 3600 });
  return {
    async stop() {
      const exited = once(child, "exit");
      child.kill("SIGKILL");
      await exited;
    },
  };
}

function startProcess(load: Load) {
  const child = fork(fileURLToPath(new URL("./load.ts", import.meta.url)), {
    execArgv: ["--import", "tsx"],
    // JSON has no NaN, which is the latency if no response arrived before the end.
    serialization: "advanced",
  });
  child.send(load);
  return child;
}
