import "server-only";

// Next.js loads this module once for pages, once for routes and once for the start of the server.
const kept = globalThis as typeof globalThis & { databaseAbsentAt?: number };

/** The database could not answer a call. */
export function recordDatabaseOutage(): void {
  kept.databaseAbsentAt = Date.now();
}

/** @returns whether a call to the database was in vain since a moment. */
export function wasDatabaseDownSince(time: number): boolean {
  return (kept.databaseAbsentAt ?? 0) >= time;
}
