import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { changeableBy } from "@/lib/auth/changeable-by";
import { db } from "@/lib/db";
import { refuseChange } from "./refuse-change";

/**
 * Deletes an article for good. Bookmarks of it go along.
 *
 * @throws ApiError `data/permission-denied` (403), `data/not-found` (404).
 * @see bkend: data, delete
 */
export async function deleteArticle(id: string, actor: Actor): Promise<void> {
  const { count } = await db.article.deleteMany({ where: { id, ...changeableBy(actor) } });
  if (count === 0) await refuseChange(id, actor);
}
