import "server-only";
import { Prisma, query } from "@/lib/core/db";
import { deleteOldMailboxEntries } from "@/lib/email/mailbox";
import { deleteOldMails } from "@/lib/email/queued-mails";
import { log } from "@/lib/runtime/log";

/** Also how long the network addresses of an account's sign-ins are known. */
const sessionDays = 90;

/** How many days tokens are kept after they have expired. Every use checks the expiry itself. */
const daysAfterExpiry = {
  EmailToken: sessionDays,
  /** So that the page of a link can still say that it has expired. */
  MagicLink: 1,
  AddressUndo: 0,
  PasskeyChallenge: 0,
  OAuthFlow: 0,
  SocialToken: 0,
  /** The clocks of the database and of the process that verifies ID tokens may differ. */
  UsedIdToken: 1,
};

/**
 * Deletes records that have ended: tokens as above, and sessions and invitations after 90 days. Emails that were sent or
 * given up are deleted after 30 days, by `deleteOldMails` and `deleteOldMailboxEntries`, and with them the addresses of
 * deleted accounts. Call it when a server starts, and regularly.
 */
export async function deleteOldRecords(): Promise<void> {
  try {
    await deleteOldMailboxEntries();
    const ended = Prisma.sql`now() - ${sessionDays} * interval '1 day'`;
    await query(Prisma.sql`DELETE FROM "Session" WHERE "endedAt" < ${ended} OR "expiresAt" < ${ended}`);
    await query(Prisma.sql`DELETE FROM "Invitation" WHERE "acceptedAt" IS NULL AND "expiresAt" < ${ended}`);
    for (const [table, days] of Object.entries(daysAfterExpiry)) {
      await query(Prisma.sql`
        DELETE FROM ${Prisma.raw(`"${table}"`)} WHERE "expiresAt" < now() - ${days} * interval '1 day'`);
    }
    await deleteOldMails();
  } catch (error) {
    // The database or the disk is unavailable: the next call finds the same work.
    log.error("retention.failed", error);
  }
}
