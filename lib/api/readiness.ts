import "server-only";
import { pool } from "@/lib/core/db";

/** @returns whether requests can be served: asks the database for a table that only a migrated one has. */
export async function isReady(): Promise<boolean> {
  try {
    await pool.query('SELECT 1 FROM "ArticleCount" LIMIT 1');
    return true;
  } catch {
    // Why is in the log; the probe is open to everybody, and `npm run doctor` tells the rest.
    return false;
  }
}
