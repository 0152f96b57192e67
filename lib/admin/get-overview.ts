import "server-only";
import type { Actor } from "@/lib/access/actor";
import { requireAdmin } from "@/lib/access/require-admin";
import { Prisma, query } from "@/lib/core/db";

/** The figures on the overview page of the admin area. */
export type Overview = {
  people: { total: number; admins: number; banned: number };
  articles: { published: number; scheduled: number; drafts: number };
  mails: { waiting: number; failed: number };
  /** Of stored images, without the resized versions that the site makes of them. */
  storageBytes: number;
};

type Row = Overview["people"] & Overview["articles"] & Overview["mails"] & { storageBytes: number };

/**
 * Counts the figures for the admin overview.
 *
 * @throws AppError `user/forbidden` (403).
 */
export async function getOverview(actor: Actor): Promise<Overview> {
  requireAdmin(actor);
  const [row] = await query<Row>(Prisma.sql`
    SELECT (SELECT count(*)::int FROM "User") AS total,
           (SELECT count(*)::int FROM "User" WHERE role = 'admin' AND "bannedAt" IS NULL) AS admins,
           (SELECT count(*)::int FROM "User" WHERE "bannedAt" IS NOT NULL) AS banned,
           (SELECT coalesce(sum(published), 0)::int FROM "ArticleCount") AS published,
           (SELECT coalesce(sum(total - published), 0)::int FROM "ArticleCount") AS drafts,
           (SELECT count(*)::int FROM "Article" WHERE "isPublished" AND "publishedAt" > now()) AS scheduled,
           (SELECT count(*)::int FROM "OutboxMail"
             WHERE "sentAt" IS NULL AND "failedAt" IS NULL AND NOT "isDecoy") AS waiting,
           (SELECT count(*)::int FROM "OutboxMail" WHERE "failedAt" IS NOT NULL AND NOT "isDecoy") AS failed,
           (SELECT coalesce(sum(size), 0)::float8 FROM "File" WHERE "removedAt" IS NULL) AS "storageBytes"`);
  if (!row) throw new Error("A row of counts is always there.");
  const { total, admins, banned, published, scheduled, drafts, waiting, failed, storageBytes } = row;
  return {
    people: { total, admins, banned },
    articles: { published: published - scheduled, scheduled, drafts },
    mails: { waiting, failed },
    storageBytes,
  };
}
