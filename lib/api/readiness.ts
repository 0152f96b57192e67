import "server-only";
import { pool } from "@/lib/core/db";

/** @returns whether requests can be served: queries a table that only a migrated database has. */
export async function isReady(): Promise<boolean> {
  try {
    await pool.query('SELECT 1 FROM "ArticleCount" LIMIT 1');
    return true;
  } catch {
    // The reason goes to the log only, since the probe is public; `npm run doctor` explains the rest.
    return false;
  }
}
