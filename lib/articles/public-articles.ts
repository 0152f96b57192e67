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

/** What an article is to its author. */
export type PublicationState = "draft" | "scheduled" | "published";

/** @returns the same for an article that was read already, to label it by. */
export function publicationState({
  isPublished = false,
  publishedAt = null,
}: Partial<Pick<Article, "isPublished" | "publishedAt">>): PublicationState {
  if (!isPublished) return "draft";
  return publishedAt !== null && publishedAt > new Date() ? "scheduled" : "published";
}
