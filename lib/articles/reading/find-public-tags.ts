import "server-only";
import { isPublicSql } from "@/lib/articles/public-articles";
import { Prisma, query } from "@/lib/core/db";
import type { Tag } from "@/lib/tags/contract";
import { tagColumns } from "@/lib/tags/tag-rows";

/**
 * Finds the tags of a slug that public articles carry. Each author has tags of their own, and readers see all tags of
 * a slug as one. A tag without a public article is left out, so that its author cannot name a page of others' articles.
 *
 * @returns the oldest first.
 */
export async function findPublicTags(slug: string): Promise<Tag[]> {
  return query<Tag>(Prisma.sql`
    SELECT ${tagColumns} FROM "Tag" t
     WHERE t.slug = ${slug}
       AND EXISTS (SELECT FROM "Article" a WHERE a.tags @> ARRAY[t.id] AND ${isPublicSql})
     ORDER BY t."createdAt", t.id`);
}
