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
  /** One pool a process has this name. */
  name: string;
  /** Starts a thread that posts one result for each job it is sent. The bundler finds its file where it is named. */
  start: () => Worker;
  /** The most threads at a time. */
  size: number;
  /** The most jobs that wait for a thread. */
  maxWaiting: number;
  /** What a caller gets when too many wait already. */
  full: () => Error;
  /** How long a job may take, in milliseconds. Its thread is ended, and the next job gets a new one. */
  timeout?: number;
};

/**
 * Moves long computations into worker threads, so that requests do not wait for them.
 *
 * @returns a function that has a job done. It rejects when too many jobs wait, and when the job fails or takes too long.
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
      // A result that arrives after its time has no caller left, and its thread is ending.
      if (!done) return;
      idle.push(worker);
      // A worker without work does not keep the process alive.
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
