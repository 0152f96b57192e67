import "server-only";
import { Prisma } from "@/lib/core/db";
import type { Article } from "./contract";

/**
 * Whether an article `a` is public: published, and not scheduled for later. The database's clock decides, so that
 * every instance agrees and an article appears at its time without a job.
 */
export const isPublicSql = Prisma.sql`(a."isPublished" AND a."publishedAt" <= now())`;

/** Selects how many articles are public. The trigger counts the published ones; the few scheduled ones are subtracted. */
export const publicCountSql = Prisma.sql`
  (SELECT coalesce(sum(published), 0) FROM "ArticleCount")
  - (SELECT count(*) FROM "Article" WHERE "isPublished" AND "publishedAt" > now())`;

/** The publication state that an author sees. */
export type PublicationState = "draft" | "scheduled" | "published";

/** @returns the state of an article that was already read, for its label. */
export function publicationState({
  isPublished = false,
  publishedAt = null,
}: Partial<Pick<Article, "isPublished" | "publishedAt">>): PublicationState {
  if (!isPublished) return "draft";
  return publishedAt !== null && publishedAt > new Date() ? "scheduled" : "published";
}
