import { perProcess } from "@/lib/runtime/per-process";

const found = perProcess("database-url", (): { url?: string } => ({}));

/** Hands over the address of the database. To be called before the pool opens, which is when `lib/core/db.ts` is imported. */
export function setDatabaseUrl(url: string): void {
  found.url = url;
}

/** @returns the address that was handed over, or else the setting. */
export function findDatabaseUrl(): string | undefined {
  return found.url ?? process.env.DATABASE_URL;
}
