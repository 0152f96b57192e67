import "server-only";
import { randomUUID } from "node:crypto";
import { Prisma, query } from "@/lib/core/db";
import { unseal } from "@/lib/crypto/seal";
import { type Mail, mail } from "./mail";

/** An email that only this process may send, until its claim expires. */
export type ClaimedMail = {
  /** Also the idempotency key of an email that is sent alone. */
  id: string;
  /** The number of this attempt, starting at 1. */
  attempts: number;
  to: string;
  template: string;
  locale: string;
  data: object;
  sealedToken: string | null;
  isDecoy: boolean;
  /** The idempotency key of emails that are sent in one request. */
  batchId: string;
  createdAt: Date;
};

/** How many emails the provider accepts in one request. */
const batchSize = 100;
/** The key of the advisory lock; any number that no other lock uses. */
const claimLock = 7_260_501;

const isDue = Prisma.sql`m."sentAt" IS NULL AND m."failedAt" IS NULL AND m."nextAttemptAt" <= now()`;
/** Users wait for an email with a link, but not for a notice. Among equals, the one that has been due longest. */
const urgentFirst = Prisma.sql`m."sealedToken" IS NULL, m."nextAttemptAt", m.id`;

/**
 * Claims due emails, those with a link before notices. Emails that were sent in one request are claimed as the same
 * batch again, so that the provider recognises the request. Only one instance claims at a time; others get nothing
 * meanwhile. If it crashes, its emails are due again when the claim expires.
 *
 * @returns the emails of one batch, the same in the same order at each attempt; empty if none is due.
 */
export async function claimMails(leaseMs: number): Promise<ClaimedMail[]> {
  const claimed = await query<ClaimedMail>(Prisma.sql`
    WITH turn AS MATERIALIZED (SELECT pg_try_advisory_xact_lock(${claimLock}) AS "isMine"),
    first AS MATERIALIZED (
      SELECT m.id, m."batchId" FROM "OutboxMail" m, turn
       WHERE turn."isMine" AND ${isDue} ORDER BY ${urgentFirst} LIMIT 1),
    chosen AS MATERIALIZED (
      SELECT m.id FROM "OutboxMail" m, first
       WHERE ${isDue} AND m."batchId" IS NOT DISTINCT FROM first."batchId"
       ORDER BY ${urgentFirst} LIMIT ${batchSize})
    UPDATE "OutboxMail" m
       SET attempts = attempts + 1, "nextAttemptAt" = now() + ${leaseMs}::int * interval '1 millisecond',
           "batchId" = coalesce(first."batchId", ${randomUUID()})
      FROM first
     WHERE m.id IN (SELECT id FROM chosen) AND ${isDue}
    RETURNING m.id, attempts, "to", template, locale, data, "sealedToken", "isDecoy", m."batchId", "createdAt"`);
  return claimed.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/**
 * Decrypts a claimed email, including its token.
 *
 * @throws if its token was sealed under another `AUTH_SECRET`, or this version does not know its template.
 */
export function decryptMail({ to, template, locale, data, sealedToken }: ClaimedMail): Mail {
  const token = sealedToken === null ? undefined : unseal("email-token", sealedToken);
  return mail.parse({ ...data, to, template, locale, token });
}

/** Also deletes the secret and personal data of the rows, which is no longer needed. */
export async function markSent(mails: ClaimedMail[]): Promise<void> {
  await query(Prisma.sql`
    UPDATE "OutboxMail"
       SET "sentAt" = now(), "sealedToken" = NULL, data = '{}', "lastError" = NULL
     WHERE id = ANY(${mails.map(({ id }) => id)}::text[]) AND "sentAt" IS NULL`);
}

/** Schedules a retry for later, unless another instance claimed them meanwhile. */
export async function postponeMails(mails: ClaimedMail[], waitMs: number, reason: string): Promise<void> {
  await query(Prisma.sql`
    UPDATE "OutboxMail"
       SET "nextAttemptAt" = now() + ${Math.round(waitMs)}::int * interval '1 millisecond', "lastError" = ${reason}
     WHERE ${areStillOurs(mails)}`);
}

/** Schedules an immediate retry of each email alone, unless another instance claimed them meanwhile. */
export async function separateMails(mails: ClaimedMail[]): Promise<void> {
  await query(
    Prisma.sql`UPDATE "OutboxMail" SET "nextAttemptAt" = now(), "batchId" = id WHERE ${areStillOurs(mails)}`,
  );
}

/** Gives up, unless another instance claimed them meanwhile. */
export async function markMailsFailed(mails: ClaimedMail[], reason: string): Promise<void> {
  await query(Prisma.sql`
    UPDATE "OutboxMail"
       SET "failedAt" = now(), "sealedToken" = NULL, data = '{}', "lastError" = ${reason}
     WHERE ${areStillOurs(mails)}`);
}

/** For decoys, which are never sent. */
export async function discardMails(mails: ClaimedMail[]): Promise<void> {
  await query(Prisma.sql`DELETE FROM "OutboxMail" WHERE id = ANY(${mails.map(({ id }) => id)}::text[])`);
}

function areStillOurs(mails: ClaimedMail[]): Prisma.Sql {
  const [ids, attempts] = [mails.map(({ id }) => id), mails.map((mail) => mail.attempts)];
  return Prisma.sql`(id, attempts) IN (SELECT * FROM unnest(${ids}::text[], ${attempts}::int[])) AND "sentAt" IS NULL`;
}

/** @returns the milliseconds until the next email is due, or null if none waits. */
export async function timeUntilNextMail(): Promise<number | null> {
  const [row] = await query<{ ms: number | null }>(Prisma.sql`
    SELECT (extract(epoch FROM min("nextAttemptAt") - now()) * 1000)::float8 AS ms
      FROM "OutboxMail"
     WHERE "sentAt" IS NULL AND "failedAt" IS NULL`);
  return row?.ms ?? null;
}

/** Deletes sent and failed emails after 30 days, since they contain addresses and are no longer needed. */
export async function deleteOldMails(): Promise<void> {
  await query(Prisma.sql`
    DELETE FROM "OutboxMail" WHERE "sentAt" < now() - interval '30 days' OR "failedAt" < now() - interval '30 days'`);
}
