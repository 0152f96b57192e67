import "server-only";
import { z } from "zod";
import { Prisma, query } from "@/lib/db";
import { type Mail, mail } from "./mail";
import { openToken } from "./sealed-tokens";

/** A mail that this process alone may send, until its claim runs out. */
export type ClaimedMail = {
  /** Also the key by which the provider recognises a mail that it is given twice. */
  id: string;
  /** Which attempt this is, from 1. */
  attempts: number;
  to: string;
  template: string;
  locale: string;
  data: unknown;
  sealedToken: string | null;
  createdAt: Date;
};

/**
 * Takes the mail that is due the longest. One statement, and locked rows are passed over, so that of several
 * instances only one gets it; if that one dies, it is due again when the claim runs out.
 *
 * @returns null when nothing is due.
 */
export async function claimMail(leaseMs: number): Promise<ClaimedMail | null> {
  const [claimed] = await query<ClaimedMail>(Prisma.sql`
    UPDATE "OutboxMail"
       SET attempts = attempts + 1, "nextAttemptAt" = now() + ${leaseMs}::int * interval '1 millisecond'
     WHERE id = (SELECT id
                   FROM "OutboxMail"
                  WHERE "sentAt" IS NULL AND "failedAt" IS NULL AND "nextAttemptAt" <= now()
                  ORDER BY "nextAttemptAt"
                  LIMIT 1
                    FOR UPDATE SKIP LOCKED)
    RETURNING id, attempts, "to", template, locale, data, "sealedToken", "createdAt"`);
  return claimed ?? null;
}

const storedData = z.looseObject({ callbackUrl: z.string().optional() });

/**
 * Opens a claimed mail, its token included.
 *
 * @throws when its token was sealed under another `AUTH_SECRET`, or this version does not know its kind.
 */
export function openMail({ to, template, locale, data, sealedToken }: ClaimedMail): Mail {
  const { callbackUrl, ...rest } = storedData.parse(data);
  const token = sealedToken === null ? undefined : openToken(sealedToken);
  return mail.parse({ to, template, locale, data: rest, token, callbackUrl });
}

/** The provider has it: what was secret or personal in the row is not needed any more. */
export async function markSent({ id }: ClaimedMail): Promise<void> {
  await query(Prisma.sql`
    UPDATE "OutboxMail"
       SET "sentAt" = now(), "sealedToken" = NULL, data = '{}', "lastError" = NULL
     WHERE id = ${id} AND "sentAt" IS NULL`);
}

/** To be tried again later, unless somebody else claimed it meanwhile. */
export async function postponeMail(claimed: ClaimedMail, waitMs: number, reason: string): Promise<void> {
  await query(Prisma.sql`
    UPDATE "OutboxMail"
       SET "nextAttemptAt" = now() + ${Math.round(waitMs)}::int * interval '1 millisecond', "lastError" = ${reason}
     WHERE id = ${claimed.id} AND attempts = ${claimed.attempts} AND "sentAt" IS NULL`);
}

/** Never to be tried again, unless somebody else claimed it meanwhile. */
export async function giveUpMail(claimed: ClaimedMail, reason: string): Promise<void> {
  await query(Prisma.sql`
    UPDATE "OutboxMail"
       SET "failedAt" = now(), "sealedToken" = NULL, data = '{}', "lastError" = ${reason}
     WHERE id = ${claimed.id} AND attempts = ${claimed.attempts} AND "sentAt" IS NULL`);
}

/** @returns the milliseconds until the next mail is due, or null when none waits. */
export async function timeUntilNextMail(): Promise<number | null> {
  const [row] = await query<{ ms: number | null }>(Prisma.sql`
    SELECT (extract(epoch FROM min("nextAttemptAt") - now()) * 1000)::float8 AS ms
      FROM "OutboxMail"
     WHERE "sentAt" IS NULL AND "failedAt" IS NULL`);
  return row?.ms ?? null;
}

/** Forgets mails that are over and done with: they hold addresses, and nobody asks for them any more. */
export async function forgetOldMails(): Promise<void> {
  await query(Prisma.sql`
    DELETE FROM "OutboxMail" WHERE "sentAt" < now() - interval '30 days' OR "failedAt" < now() - interval '30 days'`);
}
