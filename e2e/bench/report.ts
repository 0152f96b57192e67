import { execFileSync } from "node:child_process";
import type { RunningApp } from "@/lib/testing/app/start-app";
import type { LoadResult } from "./load";

/** Prints the speed and latencies of a load. */
export function report(name: string, connections: number, { perSecond, p50, p95, p99 }: LoadResult): void {
  const times = [p50, p95, p99].map((ms) => rounded(ms)).join(" / ");
  console.log(
    `${name.padEnd(16)} ${String(connections).padStart(2)}: ${rounded(perSecond)} a second, ${times} ms`,
  );
}

/** Prints a value and its target, if any. */
export function verdict(
  what: string,
  value: number,
  bound: "at least" | "at most",
  target: number | undefined,
): void {
  if (target === undefined) {
    console.log(`${what}: ${rounded(value)}`);
    return;
  }
  const isReached = bound === "at least" ? value >= target : value <= target;
  console.log(`${what}: ${rounded(value)}, ${bound} ${target}: ${isReached ? "reached" : "MISSED"}`);
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.slice(Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2) + 1);
  return middle.reduce((sum, value) => sum + value, 0) / middle.length;
}

export function rounded(value: number): number {
  return Number(value.toPrecision(3));
}

export function residentMegabytes({ process: { pid } }: RunningApp): number {
  return Math.round(
    Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" })) / 1024,
  );
}
