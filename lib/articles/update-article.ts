import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import type { Article, ArticlePatch } from "./contract";
import { getArticle } from "./get-article";
import { changeableBy, refuseChange } from "./own-article";
import { requireTags } from "./require-tags";

/**
 * Changes an article. What the patch does not name stays; an empty patch changes nothing.
 *
 * @throws ApiError `data/validation-error` (400), `data/permission-denied` (403), `data/not-found` (404).
 * @see bkend: data, update
 */
export async function updateArticle(
  id: string,
  { tags, ...fields }: ArticlePatch,
  actor: Actor,
): Promise<Article> {
  requireTags(tags ?? []);
  const where = { id, ...changeableBy(actor) };
  const changed =
    Object.keys(fields).length === 0
      ? await db.article.count({ where })
      : (await db.article.updateMany({ where, data: fields })).count;
  if (changed === 0) return refuseChange(id, actor);
  return getArticle(id, actor);
}
