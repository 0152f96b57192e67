import "server-only";
import { pool } from "@/lib/core/db";

/** @returns whether requests can be served: asks the database for a table that only a migrated one has. */
export async function isReady(): Promise<boolean> {
  try {
    await pool.query('SELECT 1 FROM "ArticleCount" LIMIT 1');
    return true;
  } catch {
    // The log has the reason, since the probe is public; `npm run doctor` explains the rest.
    return false;
  }
}
