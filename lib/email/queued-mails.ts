import "server-only";
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { Prisma, query } from "@/lib/core/db";
import { type Mail, mail } from "./mail";
import { openToken } from "./sealed-tokens";

/** A mail that this process alone may send, until its claim runs out. */
export type ClaimedMail = {
  /** Also the key by which the provider recognises a single mail that it is given twice. */
  id: string;
  /** Which attempt this is, from 1. */
  attempts: number;
  to: string;
  template: string;
  locale: string;
  data: unknown;
  sealedToken: string | null;
  isDecoy: boolean;
  /** The key by which the provider recognises several mails that it is given twice. */
  batchId: string;
  createdAt: Date;
};

/** How many mails the provider takes in one request. */
const batchSize = 100;
/** Any number that nothing else in the database locks by. */
const claimLock = 7_260_501;

const isDue = Prisma.sql`m."sentAt" IS NULL AND m."failedAt" IS NULL AND m."nextAttemptAt" <= now()`;
/** A mail with a link is waited for, a notice is not. Then whichever has been due the longest. */
const urgentFirst = Prisma.sql`m."sealedToken" IS NULL, m."nextAttemptAt", m.id`;

/**
 * Takes the mails that are due: those that are waited for before notices. Mails that were tried together are taken
 * together and alone, so that the provider recognises the request. One instance at a time claims, and gets nothing
 * while another does; if it dies, its mails are due again when the claim runs out.
 *
 * @returns the mails of one batch, the same in the same order at each attempt; none when nothing is due.
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

const storedData = z.looseObject({ callbackUrl: z.string().optional() });

/**
 * Opens a claimed mail, its token included.
 *
 * @throws when its token was sealed under another `AUTH_SECRET`, or this version does not know its kind.
 */
export function decryptMail({ to, template, locale, data, sealedToken }: ClaimedMail): Mail {
  const { callbackUrl, ...rest } = storedData.parse(data);
  const token = sealedToken === null ? undefined : openToken(sealedToken);
  return mail.parse({ to, template, locale, data: rest, token, callbackUrl });
}

/** The provider has them: what was secret or personal in the rows is not needed any more. */
export async function markSent(mails: ClaimedMail[]): Promise<void> {
  await query(Prisma.sql`
    UPDATE "OutboxMail"
       SET "sentAt" = now(), "sealedToken" = NULL, data = '{}', "lastError" = NULL
     WHERE id = ANY(${mails.map(({ id }) => id)}::text[]) AND "sentAt" IS NULL`);
}

/** To be tried again later, unless another instance claimed them meanwhile. */
export async function postponeMails(mails: ClaimedMail[], waitMs: number, reason: string): Promise<void> {
  await query(Prisma.sql`
    UPDATE "OutboxMail"
       SET "nextAttemptAt" = now() + ${Math.round(waitMs)}::int * interval '1 millisecond', "lastError" = ${reason}
     WHERE ${areStillOurs(mails)}`);
}

/** Schedules mails for an immediate retry, one by one, unless another instance claimed them meanwhile. */
export async function separateMails(mails: ClaimedMail[]): Promise<void> {
  await query(
    Prisma.sql`UPDATE "OutboxMail" SET "nextAttemptAt" = now(), "batchId" = id WHERE ${areStillOurs(mails)}`,
  );
}

/** Never to be tried again, unless another instance claimed them meanwhile. */
export async function markMailsFailed(mails: ClaimedMail[], reason: string): Promise<void> {
  await query(Prisma.sql`
    UPDATE "OutboxMail"
       SET "failedAt" = now(), "sealedToken" = NULL, data = '{}', "lastError" = ${reason}
     WHERE ${areStillOurs(mails)}`);
}

/** Decoys have done their work. */
export async function discardMails(mails: ClaimedMail[]): Promise<void> {
  await query(Prisma.sql`DELETE FROM "OutboxMail" WHERE id = ANY(${mails.map(({ id }) => id)}::text[])`);
}

function areStillOurs(mails: ClaimedMail[]): Prisma.Sql {
  const [ids, attempts] = [mails.map(({ id }) => id), mails.map((mail) => mail.attempts)];
  return Prisma.sql`(id, attempts) IN (SELECT * FROM unnest(${ids}::text[], ${attempts}::int[])) AND "sentAt" IS NULL`;
}

/** @returns the milliseconds until the next mail is due, or null when none waits. */
export async function timeUntilNextMail(): Promise<number | null> {
  const [row] = await query<{ ms: number | null }>(Prisma.sql`
    SELECT (extract(epoch FROM min("nextAttemptAt") - now()) * 1000)::float8 AS ms
      FROM "OutboxMail"
     WHERE "sentAt" IS NULL AND "failedAt" IS NULL`);
  return row?.ms ?? null;
}

/** Forgets mails that are over and done with: they hold addresses, and they are not needed any more. */
export async function deleteOldMails(): Promise<void> {
  await query(Prisma.sql`
    DELETE FROM "OutboxMail" WHERE "sentAt" < now() - interval '30 days' OR "failedAt" < now() - interval '30 days'`);
}
