import "server-only";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { AppError } from "@/lib/core/errors";
import { workerPool } from "@/lib/runtime/worker-pool";

/** Work for `hash-worker.mjs`. */
export type HashJob =
  | { kind: "hash"; password: string; cost: number }
  | { kind: "compare"; password: string; hash: string };

type ResultOf<Job extends HashJob> = Job extends { kind: "hash" } ? string : boolean;

const run = workerPool<HashJob, string | boolean>({
  name: "hash-pool",
  start: () => new Worker(new URL("./hash-worker.mjs", import.meta.url)),
  // Leaves one core for other requests.
  size: Math.max(1, availableParallelism() - 1),
  // Beyond this, callers would time out before their turn.
  maxWaiting: 100,
  full: () => new AppError("common/unavailable", { retryAfterSeconds: 5 }),
});

/**
 * Computes a hash in a worker thread, so that other requests do not wait for it.
 *
 * @returns the hash, or whether the password matches.
 * @throws AppError `common/unavailable` (503) when too many jobs wait already.
 */
export function runHashJob<Job extends HashJob>(job: Job): Promise<ResultOf<Job>> {
  // The worker returns the result type of each kind of job; a message channel has no types.
  return run(job) as Promise<ResultOf<Job>>;
}
