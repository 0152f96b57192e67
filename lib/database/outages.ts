import "server-only";
import { perProcess } from "@/lib/runtime/per-process";

const outages = perProcess("database-outages", () => ({ lastAt: 0 }));

/** Records that a call to the database has failed. */
export function recordDatabaseOutage(): void {
  outages.lastAt = Date.now();
}

/** @returns whether a call to the database has failed since `time`. */
export function wasDatabaseDownSince(time: number): boolean {
  return outages.lastAt >= time;
}
