import "server-only";
import { Prisma, query } from "@/lib/core/db";
import { deleteOldMails } from "@/lib/email/queued-mails";
import { log } from "@/lib/runtime/log";

/** Also how long the network addresses of an account's sign-ins are known: see `lib/auth/sign-in.ts`. */
const sessionDays = 90;

/**
 * Deletes ended records that contain personal data: sessions and emailed tokens 90 days after they ended. Emails that
 * were sent or given up are deleted after 30 days, by `deleteOldMails`, and with them the addresses of
 * deleted accounts. Call it when a server starts, and regularly.
 */
export async function deleteOldRecords(): Promise<void> {
  try {
    const ended = Prisma.sql`now() - ${sessionDays} * interval '1 day'`;
    await query(Prisma.sql`DELETE FROM "Session" WHERE "endedAt" < ${ended} OR "expiresAt" < ${ended}`);
    await query(Prisma.sql`DELETE FROM "EmailToken" WHERE "expiresAt" < ${ended}`);
    await query(Prisma.sql`DELETE FROM "AddressUndo" WHERE "expiresAt" < now()`);
    await query(Prisma.sql`DELETE FROM "MagicLink" WHERE "expiresAt" < ${ended}`);
    await query(Prisma.sql`DELETE FROM "Invitation" WHERE "acceptedAt" IS NULL AND "expiresAt" < ${ended}`);
    await deleteOldMails();
  } catch (error) {
    // The database is unavailable: the next call finds the same work.
    log.error("retention.failed", error);
  }
}
