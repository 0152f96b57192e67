import "server-only";
import { Prisma, query } from "@/lib/core/db";
import { type Tag, tagNameKey } from "./contract";
import { tagColumns } from "./tag-rows";

/** @returns the tags that an article names, in its order. */
export async function findTags(ids: readonly string[]): Promise<Tag[]> {
  if (ids.length === 0) return [];
  const tags = await query<Tag>(
    Prisma.sql`SELECT ${tagColumns} FROM "Tag" t WHERE t.id IN (${Prisma.join(ids)})`,
  );
  return tags.sort((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id));
}

/**
 * Finds the tags that a user can refer to by these names: their own, and those that the article carries already.
 *
 * @returns the tags by name key.
 */
export async function findTagsByName(
  names: readonly string[],
  authorId: string,
  carried: readonly string[],
): Promise<Map<string, Tag>> {
  if (names.length === 0) return new Map();
  const tags = await query<Tag>(Prisma.sql`
    SELECT ${tagColumns} FROM "Tag" t
     WHERE t."nameKey" IN (${Prisma.join(names.map(tagNameKey))})
       AND (t."createdBy" = ${authorId} OR t.id = ANY(${carried}::text[]))
     ORDER BY t.id = ANY(${carried}::text[])`);
  // Of two with one name key the later one wins: the one that the article carries.
  return new Map(tags.map((tag) => [tagNameKey(tag.name), tag]));
}
