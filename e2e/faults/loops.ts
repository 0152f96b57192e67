import { setTimeout as delay } from "node:timers/promises";

/**
 * Polls until a condition holds.
 *
 * @returns the elapsed milliseconds.
 * @throws Error when it still does not hold after `withinMs`.
 */
export async function waitUntil(
  what: string,
  withinMs: number,
  holds: () => Promise<boolean>,
): Promise<number> {
  const startedAt = performance.now();
  while (!(await holds().catch(() => false))) {
    if (performance.now() - startedAt > withinMs) throw new Error(`Not within ${withinMs} ms: ${what}.`);
    await delay(20);
  }
  return performance.now() - startedAt;
}

/** The loops that `runRepeatedly` started and that still run. */
const runningLoops = new Set<() => void>();

/**
 * Repeats an action in parallel loops until they are stopped.
 *
 * @returns a handle to stop the loops; stopping throws the error of a loop that failed.
 */
export function runRepeatedly(
  lines: number,
  act: (line: number) => Promise<void>,
): { stop(): Promise<void> } {
  let isStopped = false;
  const end = () => {
    isStopped = true;
    runningLoops.delete(end);
  };
  runningLoops.add(end);
  const running = Promise.all(
    Array.from({ length: lines }, async (_, line) => {
      while (!isStopped) await act(line);
    }),
  );
  // `stop` reports the error.
  running.catch(() => undefined);
  return {
    async stop() {
      end();
      await running;
    },
  };
}

/** Stops the loops that a failed case left running. */
export function stopAllLoops(): void {
  for (const end of runningLoops) end();
}

/** @param share from 0 to 1. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** @returns "12 × 200, 3 × 503". */
export function countValues(values: readonly (string | number)[]): string {
  const counts = new Map<string | number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .sort(([a], [b]) => String(a).localeCompare(String(b)))
    .map(([value, count]) => `${count} × ${value}`)
    .join(", ");
}
