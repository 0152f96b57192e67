import "server-only";
import type { Actor } from "@/lib/access/actor";
import { changeableBy } from "@/lib/access/changeable-by";
import { onDuplicate } from "@/lib/core/database-errors";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { type Tag, type TagPatch, tagNameKey } from "./contract";
import { getTag } from "./get-tag";
import { tagSlug } from "./tag-slug";

/**
 * Updates a tag. Fields that the patch does not contain stay, and so does the slug under a new name, since URLs contain
 * it. An empty slug requests a new one made from the name.
 *
 * @throws AppError `data/duplicate-value` (409), `data/permission-denied` (403), `data/not-found` (404).
 * @see bkend: data, update
 */
export async function updateTag(id: string, { name, slug }: TagPatch, actor: Actor): Promise<Tag> {
  const mayChange = changeableBy(actor);
  const tag = await getTag(id);
  const { count } = await db.tag
    .updateMany({
      where: { id, ...mayChange },
      data: {
        ...(name !== undefined && { name, nameKey: tagNameKey(name) }),
        ...(slug !== undefined && { slug: slug || tagSlug(name ?? tag.name) }),
        // An empty patch changes nothing, not even `updatedAt`.
        ...(name === undefined && slug === undefined && { updatedAt: tag.updatedAt }),
      },
    })
    .catch(onDuplicate("data/duplicate-value"));
  if (count === 0) throw new AppError("data/permission-denied");
  return getTag(id);
}
