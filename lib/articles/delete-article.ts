import "server-only";
import type { Actor } from "@/lib/access/actor";
import { changeableBy } from "@/lib/access/changeable-by";
import { recordAudit } from "@/lib/audit/record-audit";
import { db } from "@/lib/core/db";
import { isModeration, lockModerated, type Moderation, prepareArticleNotice } from "./moderation";
import { throwNotChangeable } from "./throw-not-changeable";

/**
 * Deletes an article permanently, with its bookmarks.
 *
 * @param options for an admin who deletes the article of another user.
 * @throws AppError `data/permission-denied` (403), `data/not-found` (404), `data/changed-meanwhile` (409).
 * @see bkend: data, delete
 */
export async function deleteArticle(
  id: string,
  actor: Actor,
  { unchangedSince, reason }: Moderation = {},
): Promise<void> {
  const where = { id, ...changeableBy(actor), ...(unchangedSince && { updatedAt: unchangedSince }) };
  const queueNotice = await prepareArticleNotice(id, "article-deleted", reason);
  const count = await db.$transaction(async (tx) => {
    const before = (await isModeration(id, actor, tx)) ? await lockModerated(id, tx) : null;
    const { count } = await tx.article.deleteMany({ where });
    if (before && count > 0) {
      const { title, createdBy: ownerId } = before;
      const details = { title, ...(reason !== undefined && { reason }) };
      await recordAudit(actor, { action: "article.deleted", targetId: id, ownerId, details }, tx);
      await queueNotice?.(tx);
    }
    return count;
  });
  if (count === 0) await throwNotChangeable(id, actor, { unchangedSince });
}
