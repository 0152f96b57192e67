import { Worker } from "node:worker_threads";
import { hashSync } from "bcryptjs";

/** Compares passwords at cost 12 in a loop, like the app's worker, and posts a message after each. */
const program = `
  const { parentPort, workerData } = require("node:worker_threads");
  const { compareSync } = require("bcryptjs");
  for (;;) { compareSync("correct horse battery", workerData); parentPort.postMessage(1); }
`;

/** @returns the number of hashes that bare worker threads compute per second. */
export async function hashesPerSecond(workerCount: number, seconds: number): Promise<number> {
  const workerData = hashSync("correct horse battery", 12);
  const workers = Array.from({ length: workerCount }, () => new Worker(program, { eval: true, workerData }));
  const counts = workers.map((worker) => {
    return new Promise<number>((resolve, reject) => {
      let first = 0;
      let count = 0;
      worker.on("error", reject);
      worker.on("message", () => {
        first ||= performance.now();
        count += 1;
        const elapsedSeconds = (performance.now() - first) / 1000;
        if (elapsedSeconds >= seconds) resolve((count - 1) / elapsedSeconds);
      });
    });
  });
  const perSecond = await Promise.all(counts);
  await Promise.all(workers.map((worker) => worker.terminate()));
  return perSecond.reduce((sum, each) => sum + each, 0);
}
