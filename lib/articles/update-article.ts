import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { changeableBy } from "@/lib/auth/changeable-by";
import { db } from "@/lib/db";
import { holdTags, unknownTagsError } from "@/lib/tags/hold-tags";
import type { Article, ArticlePatch } from "./contract";
import { getArticle } from "./get-article";
import { refuseChange } from "./refuse-change";

/**
 * Changes an article. What the patch does not name stays; an empty patch changes nothing.
 *
 * @throws ApiError `data/validation-error` (400), `data/permission-denied` (403), `data/not-found` (404).
 * @see bkend: data, update
 */
export async function updateArticle(id: string, patch: ArticlePatch, actor: Actor): Promise<Article> {
  const where = { id, ...changeableBy(actor) };
  const changed =
    Object.keys(patch).length === 0 ? await db.article.count({ where }) : await change(where, patch);
  if (changed === 0) return refuseChange(id, actor);
  return getArticle(id, actor);
}

/** @returns how many articles there were to change; what is wrong with the tags is said only of one's own. */
async function change(where: { id: string; createdBy?: string }, data: ArticlePatch): Promise<number> {
  const { tags = [] } = data;
  if (tags.length === 0) return (await db.article.updateMany({ where, data })).count;
  return db.$transaction(async (tx) => {
    const unknown = await holdTags(tags, tx);
    const { count } = await tx.article.updateMany({ where, data });
    if (count > 0 && unknown.size > 0) throw unknownTagsError(tags, unknown);
    return count;
  });
}
