import "server-only";

// Next.js loads this module once for pages, once for routes and once for the start of the server.
const kept = globalThis as typeof globalThis & { databaseAbsentAt?: number };

/** The database could not answer a call. */
export function noteDatabaseAbsence(): void {
  kept.databaseAbsentAt = Date.now();
}

/** @returns whether a call to the database was in vain since a moment. */
export function wasDatabaseAbsentSince(time: number): boolean {
  return (kept.databaseAbsentAt ?? 0) >= time;
}
