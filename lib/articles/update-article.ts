import "server-only";
import type { Actor } from "@/lib/access/actor";
import { changeableBy } from "@/lib/access/changeable-by";
import { recordAudit } from "@/lib/audit/record-audit";
import { db, Prisma, type Transaction } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { textQuotaBytes } from "@/lib/core/rate-limit";
import type { QueueNotice } from "@/lib/email/prepare-notice";
import { lockTags, unknownTagsError } from "@/lib/tags/lock-tags";
import type { Article, ArticlePatch } from "./contract";
import { resolveCoverImage } from "./cover-image";
import { derivedFrom } from "./description";
import { getArticle } from "./get-article";
import {
  isModeration,
  lockModerated,
  type ModeratedArticle,
  type Moderation,
  prepareArticleNotice,
} from "./moderation";
import { publishingProblem } from "./publishing-problem";
import { requireChangeable } from "./require-changeable";
import { throwNotChangeable } from "./throw-not-changeable";

/** The conditions that the article must meet to be changed: its owner, and the version that the caller knows. */
type Changeable = { id: string; createdBy?: string; updatedAt?: Date; isPublished?: boolean };

/**
 * Changes an article. Fields that the patch does not contain stay; an empty patch changes nothing.
 *
 * @param options.unchangedSince the `updatedAt` of the version that the changes were made to: if there is a later one,
 *   nothing is changed.
 * @param options.reason why an admin unpublishes an article of another user.
 * @throws AppError `data/validation-error` (400), `data/permission-denied`, `data/quota-exceeded` (403),
 *   `data/not-found` (404), `auth/email-not-verified` (403) if the article is or becomes published and the actor may
 *   not publish, `data/changed-meanwhile` (409).
 * @see bkend: data, update
 */
export async function updateArticle(
  id: string,
  patch: ArticlePatch,
  actor: Actor,
  { unchangedSince, reason }: Moderation = {},
): Promise<Article> {
  const where = { id, ...changeableBy(actor), ...(unchangedSince && { updatedAt: unchangedSince }) };
  if (Object.keys(patch).length === 0) {
    if ((await db.article.count({ where })) === 0) return throwNotChangeable(id, actor, { unchangedSince });
    return getArticle(id, actor);
  }
  const problem = patch.isPublished === false ? null : publishingProblem(actor);
  if (problem) await requireDraft(id, patch, actor, problem);
  // An actor who may not publish changes only a draft, even if the article is published meanwhile.
  const changeable = problem ? { ...where, isPublished: false } : where;
  const stored = await withCoverImage(where, patch, actor);
  const queueNotice = await prepareArticleNotice(id, "article-taken-back", reason);
  const changed = await change(changeable, stored, actor, { reason, queueNotice });
  if (changed === 0) {
    if (problem) await requireDraft(id, patch, actor, problem);
    return throwNotChangeable(id, actor, { unchangedSince });
  }
  return getArticle(id, actor);
}

/** For a change by an actor who may not publish: the article must be a draft, and stay one. */
async function requireDraft(
  id: string,
  patch: ArticlePatch,
  actor: Actor,
  problem: NonNullable<ReturnType<typeof publishingProblem>>,
): Promise<void> {
  const { isPublished } = await requireChangeable(id, actor);
  if (isPublished || patch.isPublished) throw new AppError(problem);
}

/** @returns the patch with its cover as it is stored; an invalid cover is reported only to those who may change. */
async function withCoverImage(where: Changeable, patch: ArticlePatch, actor: Actor): Promise<ArticlePatch> {
  if (!patch.coverImage) return patch;
  try {
    return { ...patch, coverImage: await resolveCoverImage(patch.coverImage, actor.userId) };
  } catch (error) {
    if ((await db.article.count({ where })) === 0) {
      await throwNotChangeable(where.id, actor, { unchangedSince: where.updatedAt });
    }
    throw error;
  }
}

/** @returns how many articles were changed; unknown tags are reported only to those who may change the article. */
async function change(
  where: Changeable,
  patch: ArticlePatch,
  actor: Actor,
  moderation: Moderated,
): Promise<number> {
  const { id } = where;
  const { tags = [], content } = patch;
  const derived = content === undefined ? {} : derivedFrom(content);
  const data = { ...patch, ...derived, updatedBy: actor.userId };
  if (!actor.isAdmin && tags.length === 0 && content === undefined) {
    return (await db.article.updateMany({ where, data })).count;
  }
  return db.$transaction(async (tx) => {
    const isModerated = await isModeration(id, actor, tx);
    // Locked before the article's row, as for a new article: another order could cause a deadlock.
    const hasRoom = content === undefined || (await hasTextRoom(id, content, tx));
    const unknown = await lockTags(tags, tx);
    const before = isModerated ? await lockModerated(id, tx) : null;
    const { count } = await tx.article.updateMany({ where, data });
    if (count > 0 && unknown.size > 0) throw unknownTagsError(tags, unknown);
    if (count > 0 && !hasRoom) throw new AppError("data/quota-exceeded");
    if (before && count > 0) await recordModeration(id, before, patch, actor, moderation, tx);
    return count;
  });
}

/** An admin's reason for a change, and the email about it to the author. */
type Moderated = Pick<Moderation, "reason"> & { queueNotice: QueueNotice | undefined };

async function recordModeration(
  id: string,
  { title, isPublished, createdBy: ownerId }: ModeratedArticle,
  patch: ArticlePatch,
  actor: Actor,
  { reason, queueNotice }: Moderated,
  tx: Transaction,
): Promise<void> {
  const isUnpublished = isPublished && patch.isPublished === false;
  const action = isUnpublished ? "article.taken-back" : "article.changed";
  const details = { title, fields: Object.keys(patch), ...(reason !== undefined && { reason }) };
  await recordAudit(actor, { action, targetId: id, ownerId, details }, tx);
  if (isUnpublished) await queueNotice?.(tx);
}

/** @returns whether the author's text stays within the quota. It locks the author, so their other changes wait. */
async function hasTextRoom(id: string, content: string, tx: Transaction): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ hasRoom: boolean }[]>(Prisma.sql`
    SELECT has_text_room("createdBy", octet_length(${content}) - octet_length(content), ${textQuotaBytes}) AS "hasRoom"
      FROM "Article" WHERE id = ${id}`);
  return row?.hasRoom ?? true;
}
