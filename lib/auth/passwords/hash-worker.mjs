// Runs in a worker thread, started by hash-pool.ts. JavaScript rather than TypeScript, so that Node.js can load it
// directly, also in tests and scripts.
import { parentPort } from "node:worker_threads";
import { compareSync, hashSync } from "bcryptjs";

parentPort?.on("message", (/** @type {import("./hash-pool").HashJob} */ job) => {
  parentPort?.postMessage(
    job.kind === "hash" ? hashSync(job.password, job.cost) : compareSync(job.password, job.hash),
  );
});
