import { perProcess } from "@/lib/runtime/per-process";

const found = perProcess("database-url", (): { url?: string } => ({}));

/** Sets the database URL. Call it before the pool opens, which is when `lib/core/db.ts` is imported. */
export function setDatabaseUrl(url: string): void {
  found.url = url;
}

/** @returns the URL that was set, or else `DATABASE_URL`. */
export function findDatabaseUrl(): string | undefined {
  return found.url ?? process.env.DATABASE_URL;
}
