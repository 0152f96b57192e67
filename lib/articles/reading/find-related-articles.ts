import "server-only";
import type { Article } from "@/lib/articles/contract";
import { isPublicSql } from "@/lib/articles/public-articles";
import { Prisma, query } from "@/lib/core/db";
import type { Neighbour } from "./find-neighbours";

const maxRelated = 3;
/** How many of the newest articles with a tag in common are compared. */
const maxCandidates = 100;

/**
 * Finds related public articles: those that share the most tags, the newest of these first, and then the newest of the
 * same category.
 *
 * @returns at most three.
 */
export async function findRelatedArticles({
  id,
  tags,
  category,
}: Pick<Article, "id" | "tags" | "category">): Promise<Neighbour[]> {
  if (tags.length === 0 && category === null) return [];
  return query<Neighbour>(Prisma.sql`
    WITH tagged AS (
      SELECT a.id, a.title, a."publishedAt", a.tags FROM "Article" a
       WHERE a.tags && ${tags}::text[] AND ${isPublicSql} AND a.id <> ${id}
       ORDER BY a."publishedAt" DESC LIMIT ${maxCandidates}
    ), ranked AS (
      SELECT id, title, "publishedAt",
             (SELECT count(*) FROM unnest(tags) AS carried (id) WHERE carried.id = ANY(${tags}::text[])) AS shared
        FROM tagged ORDER BY shared DESC, "publishedAt" DESC LIMIT ${maxRelated}
    ), alike AS (
      SELECT a.id, a.title, a."publishedAt", 0 AS shared FROM "Article" a
       WHERE a.category = ${category}::text AND ${isPublicSql} AND a.id <> ${id}
         AND a.id NOT IN (SELECT id FROM ranked)
       ORDER BY a."publishedAt" DESC NULLS LAST, a.id DESC LIMIT ${maxRelated}
    )
    SELECT id, title FROM (SELECT * FROM ranked UNION ALL SELECT * FROM alike) AS related
     ORDER BY shared DESC, "publishedAt" DESC LIMIT ${maxRelated}`);
}
