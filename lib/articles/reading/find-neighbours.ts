import "server-only";
import { isPublicSql } from "@/lib/articles/public-articles";
import { Prisma, query } from "@/lib/core/db";

export type Neighbour = { id: string; title: string };

/**
 * Finds the previous and the next public article, by publication time.
 *
 * @returns null for each that does not exist.
 */
export async function findNeighbours({
  id,
  publishedAt,
}: {
  id: string;
  publishedAt: Date | null;
}): Promise<{ older: Neighbour | null; newer: Neighbour | null }> {
  const rows = await query<Neighbour & { isNewer: boolean }>(Prisma.sql`
    (SELECT a.id, a.title, true AS "isNewer" FROM "Article" a
      WHERE ${isPublicSql} AND (a."publishedAt", a.id) > (${publishedAt}::timestamptz, ${id})
      ORDER BY a."publishedAt" NULLS FIRST, a.id LIMIT 1)
    UNION ALL
    (SELECT a.id, a.title, false FROM "Article" a
      WHERE ${isPublicSql} AND (a."publishedAt", a.id) < (${publishedAt}::timestamptz, ${id})
      ORDER BY a."publishedAt" DESC NULLS LAST, a.id DESC LIMIT 1)`);
  return {
    older: rows.find(({ isNewer }) => !isNewer) ?? null,
    newer: rows.find(({ isNewer }) => isNewer) ?? null,
  };
}
