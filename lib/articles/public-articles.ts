import "server-only";
import { Prisma } from "@/lib/core/db";
import type { Article } from "./contract";

/**
 * Whether an article `a` is public: published, and not scheduled for later. The database's clock decides, so that
 * every instance agrees and an article appears at its time without a job.
 */
export const isPublicSql = Prisma.sql`(a."isPublished" AND a."publishedAt" <= now())`;

/** Selects whether an article is public, for a page that shows its state. */
export const isPublicColumn = Prisma.sql`${isPublicSql} AS "isPublic"`;

/** Selects how many articles are public. The trigger counts the published ones; the few scheduled ones are subtracted. */
export const publicCountSql = Prisma.sql`
  (SELECT coalesce(sum(published), 0) FROM "ArticleCount")
  - (SELECT count(*) FROM "Article" WHERE "isPublished" AND "publishedAt" > now())`;

/** @returns when an article last changed for its readers: a scheduled one appears without being saved. */
export function lastChangeOf({
  createdAt,
  publishedAt,
  updatedAt,
}: Pick<Article, "createdAt" | "updatedAt"> & Partial<Pick<Article, "publishedAt">>): Date {
  const appearedAt = publishedAt ?? createdAt;
  return appearedAt > updatedAt ? appearedAt : updatedAt;
}

/** The publication state that an author sees. */
export type PublicationState = "draft" | "scheduled" | "published";

/** @returns the state of an article that was read with `isPublicColumn`, for its label. */
export function publicationState({
  isPublished,
  isPublic,
}: {
  isPublished: boolean;
  isPublic: boolean;
}): PublicationState {
  if (!isPublished) return "draft";
  return isPublic ? "published" : "scheduled";
}
