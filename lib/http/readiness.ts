import "server-only";
import { pool } from "@/lib/db";
import { env } from "@/lib/env";

/** Whether requests can be served, and what cannot be if not. */
export type Readiness = {
  isReady: boolean;
  status: "ready" | "unavailable";
  database: "up" | "away";
  mail: "sent by Resend" | "kept in the local mailbox, since RESEND_API_KEY is not set";
};

/**
 * Asks the database for a table that only a migrated one has. Mail that is kept rather than sent is told, and is
 * no reason to stop serving.
 */
export async function checkReadiness(): Promise<Readiness> {
  const mail = env().RESEND_API_KEY
    ? "sent by Resend"
    : "kept in the local mailbox, since RESEND_API_KEY is not set";
  try {
    await pool.query('SELECT 1 FROM "ArticleCount" LIMIT 1');
    return { isReady: true, status: "ready", database: "up", mail };
  } catch {
    // Why stands in the log; whoever probes only needs to know that.
    return { isReady: false, status: "unavailable", database: "away", mail };
  }
}
