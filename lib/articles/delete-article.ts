import "server-only";
import type { Actor } from "@/lib/access/actor";
import { changeableBy } from "@/lib/access/changeable-by";
import { db } from "@/lib/core/db";
import { throwNotChangeable } from "./throw-not-changeable";

/**
 * Deletes an article for good. Bookmarks of it go along.
 *
 * @throws AppError `data/permission-denied` (403), `data/not-found` (404).
 * @see bkend: data, delete
 */
export async function deleteArticle(id: string, actor: Actor): Promise<void> {
  const { count } = await db.article.deleteMany({ where: { id, ...changeableBy(actor) } });
  if (count === 0) await throwNotChangeable(id, actor);
}
