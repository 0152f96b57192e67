import "server-only";
import { Prisma, query } from "@/lib/db";

export type Neighbour = { id: string; title: string };

/**
 * Finds the published articles before and after a published one, by the time they were written.
 *
 * @returns null where there is none.
 */
export async function findNeighbours({
  id,
  createdAt,
}: {
  id: string;
  createdAt: Date;
}): Promise<{ older: Neighbour | null; newer: Neighbour | null }> {
  const rows = await query<Neighbour & { isNewer: boolean }>(Prisma.sql`
    (SELECT id, title, true AS "isNewer" FROM "Article"
      WHERE "isPublished" AND ("createdAt", id) > (${createdAt}, ${id})
      ORDER BY "createdAt", id LIMIT 1)
    UNION ALL
    (SELECT id, title, false FROM "Article"
      WHERE "isPublished" AND ("createdAt", id) < (${createdAt}, ${id})
      ORDER BY "createdAt" DESC, id DESC LIMIT 1)`);
  return {
    older: rows.find(({ isNewer }) => !isNewer) ?? null,
    newer: rows.find(({ isNewer }) => isNewer) ?? null,
  };
}
