import { setTimeout as delay } from "node:timers/promises";

/**
 * Waits until something holds.
 *
 * @returns how many milliseconds that took.
 * @throws Error when it still does not hold after `withinMs`.
 */
export async function until(what: string, withinMs: number, holds: () => Promise<boolean>): Promise<number> {
  const startedAt = performance.now();
  while (!(await holds().catch(() => false))) {
    if (performance.now() - startedAt > withinMs) throw new Error(`Not within ${withinMs} ms: ${what}.`);
    await delay(20);
  }
  return performance.now() - startedAt;
}

/** What `keepDoing` has begun and nobody has stopped yet. */
const underWay = new Set<() => void>();

/**
 * Does something over and over, in as many lines at once, until told to stop.
 *
 * @returns what to call then; it throws what went wrong meanwhile.
 */
export function keepDoing(lines: number, act: (line: number) => Promise<void>): { stop(): Promise<void> } {
  let isStopped = false;
  const end = () => {
    isStopped = true;
    underWay.delete(end);
  };
  underWay.add(end);
  const running = Promise.all(
    Array.from({ length: lines }, async (_, line) => {
      while (!isStopped) await act(line);
    }),
  );
  // Told to whoever stops it.
  running.catch(() => undefined);
  return {
    async stop() {
      end();
      await running;
    },
  };
}

/** Ends what a case that failed has left under way. */
export function endLeftovers(): void {
  for (const end of underWay) end();
}

/** @returns the value below which this share of the values lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** @returns "12 × 200, 3 × 503". */
export function tally(values: readonly (string | number)[]): string {
  const counts = new Map<string | number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .sort(([a], [b]) => String(a).localeCompare(String(b)))
    .map(([value, count]) => `${count} × ${value}`)
    .join(", ");
}
