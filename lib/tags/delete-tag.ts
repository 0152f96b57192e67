import "server-only";
import type { Actor } from "@/lib/access/actor";
import { changeableBy } from "@/lib/access/changeable-by";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { getTag } from "./get-tag";

/**
 * Deletes a tag. A trigger of the database removes it from the articles that carry it; nothing else in them changes.
 *
 * @throws AppError `data/permission-denied` (403), `data/not-found` (404).
 * @see bkend: data, delete
 */
export async function deleteTag(id: string, actor: Actor): Promise<void> {
  const { count } = await db.tag.deleteMany({ where: { id, ...changeableBy(actor) } });
  if (count > 0) return;
  await getTag(id);
  throw new AppError("data/permission-denied");
}
