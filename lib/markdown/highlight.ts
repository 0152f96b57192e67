import "server-only";
import { Worker } from "node:worker_threads";
import type { ElementContent } from "hast";
import { log } from "@/lib/runtime/log";
import { workerPool } from "@/lib/runtime/worker-pool";

/** Work for `highlight-worker.mjs`, which gets all blocks of an article at once. */
export type CodeBlock = { language: string; text: string };

const run = workerPool<CodeBlock[], (ElementContent[] | null)[]>({
  name: "highlighter",
  start: () => new Worker(new URL("./highlight-worker.mjs", import.meta.url)),
  size: 1,
  maxWaiting: 100,
  full: () => new TooBusyError("Too much code waits to be highlighted."),
  // A hundred times what the longest code needs. Crafted code keeps the patterns of a language busy for minutes
  // (ReDoS).
  timeout: 2_000,
});

class TooBusyError extends Error {}

/**
 * Highlights the code of an article, in a worker thread.
 *
 * @returns for each block its highlighted elements, or null if it stays plain: for an unknown language, for code that
 *   nests too deep or makes too many elements, and for all blocks on a timeout; undefined if the queue is full.
 */
export async function highlight(blocks: CodeBlock[]): Promise<(ElementContent[] | null)[] | undefined> {
  if (blocks.length === 0) return [];
  try {
    return await run(blocks);
  } catch (error) {
    log.error("markdown.not-highlighted", error);
    if (error instanceof TooBusyError) return undefined;
    return blocks.map(() => null);
  }
}
