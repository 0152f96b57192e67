import "server-only";
import type { Worker } from "node:worker_threads";
import { perProcess } from "./per-process";

type Waiting<Job, Result> = {
  job: Job;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
  timer?: NodeJS.Timeout;
};

type Pool<Job, Result> = {
  waiting: Waiting<Job, Result>[];
  idle: Worker[];
  busy: Map<Worker, Waiting<Job, Result>>;
};

export type WorkerPoolOptions = {
  /** Identifies the pool: there is one of this name per process. */
  name: string;
  /** Starts a thread that posts one result per job. The caller names its file, so that the bundler finds it. */
  start: () => Worker;
  /** The maximum number of threads. */
  size: number;
  /** The maximum number of jobs that wait for a thread. */
  maxWaiting: number;
  /** The error for a caller when too many jobs wait already. */
  full: () => Error;
  /** The time limit of a job in milliseconds. Beyond it the thread is terminated; the next job gets a new one. */
  timeout?: number;
};

/**
 * Moves long computations into worker threads, so that requests do not wait for them.
 *
 * @returns a function that runs a job. It rejects when too many jobs wait, and when the job fails or times out.
 */
export function workerPool<Job, Result>(options: WorkerPoolOptions): (job: Job) => Promise<Result> {
  const { name, start, size, maxWaiting, full, timeout } = options;
  const { waiting, idle, busy } = perProcess<Pool<Job, Result>>(name, () => ({
    waiting: [],
    idle: [],
    busy: new Map(),
  }));

  function assignJobs(): void {
    while (waiting.length > 0 && (idle.length > 0 || busy.size < size)) {
      const worker = idle.pop() ?? startWorker();
      const next = waiting.shift();
      if (!next) return;
      busy.set(worker, next);
      worker.ref();
      worker.postMessage(next.job);
      if (timeout)
        next.timer = setTimeout(() => end(worker, new Error(`A job of ${name} took too long.`)), timeout);
    }
  }

  function startWorker(): Worker {
    const worker = start();
    worker.on("message", (result: Result) => {
      const done = free(worker);
      // A result after the time limit has no caller any more, and its thread is being terminated.
      if (!done) return;
      idle.push(worker);
      // An idle worker does not keep the process alive.
      worker.unref();
      done.resolve(result);
      assignJobs();
    });
    worker.on("error", (error) => end(worker, error));
    return worker;
  }

  function end(worker: Worker, error: unknown): void {
    free(worker)?.reject(error);
    if (idle.includes(worker)) idle.splice(idle.indexOf(worker), 1);
    void worker.terminate();
    assignJobs();
  }

  function free(worker: Worker): Waiting<Job, Result> | undefined {
    const job = busy.get(worker);
    clearTimeout(job?.timer);
    busy.delete(worker);
    return job;
  }

  return async (job) => {
    if (waiting.length >= maxWaiting) throw full();
    return new Promise((resolve, reject) => {
      waiting.push({ job, resolve, reject });
      assignJobs();
    });
  };
}
