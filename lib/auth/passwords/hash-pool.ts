import "server-only";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { AppError } from "@/lib/core/errors";
import { perProcess } from "@/lib/runtime/per-process";

/** Work for `hash-worker.mjs`. */
export type HashJob =
  | { kind: "hash"; password: string; cost: number }
  | { kind: "compare"; password: string; hash: string };

type ResultOf<Job extends HashJob> = Job extends { kind: "hash" } ? string : boolean;

type Waiting = { job: HashJob; resolve: (result: unknown) => void; reject: (error: unknown) => void };

/** One core stays free for readers. */
const workerCount = Math.max(1, availableParallelism() - 1);
/** Beyond this, callers would give up before their turn. */
const maxWaiting = 100;

type HashPool = { waiting: Waiting[]; idle: Worker[]; busy: Map<Worker, Waiting> };

const { waiting, idle, busy } = perProcess<HashPool>("hash-pool", () => ({
  waiting: [],
  idle: [],
  busy: new Map(),
}));

/**
 * Has a hash computed in a worker thread, so that no request waits behind a hash but those that need one.
 *
 * @returns the hash, or whether the password matches.
 * @throws AppError `common/unavailable` (503) when too many wait already.
 */
export function runHashJob<Job extends HashJob>(job: Job): Promise<ResultOf<Job>> {
  if (waiting.length >= maxWaiting) throw new AppError("common/unavailable", { retryAfterSeconds: 5 });
  const { promise, resolve, reject } = withResolvers<ResultOf<Job>>();
  // The worker answers a job of this kind with a result of that kind; a message channel cannot tell the compiler.
  waiting.push({ job, resolve: resolve as Waiting["resolve"], reject });
  assignJobs();
  return promise;
}

function assignJobs(): void {
  while (waiting.length > 0 && (idle.length > 0 || busy.size < workerCount)) {
    const worker = idle.pop() ?? startWorker();
    const next = waiting.shift();
    if (!next) return;
    busy.set(worker, next);
    worker.ref();
    worker.postMessage(next.job);
  }
}

function startWorker(): Worker {
  const worker = new Worker(new URL("./hash-worker.mjs", import.meta.url));
  worker.on("message", (result: unknown) => {
    busy.get(worker)?.resolve(result);
    busy.delete(worker);
    idle.push(worker);
    // A worker without work does not keep the process alive.
    worker.unref();
    assignJobs();
  });
  worker.on("error", (error) => {
    busy.get(worker)?.reject(error);
    busy.delete(worker);
    assignJobs();
  });
  return worker;
}

function withResolvers<Value>() {
  let resolve: (value: Value) => void = () => {};
  let reject: (error: unknown) => void = () => {};
  const promise = new Promise<Value>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}
