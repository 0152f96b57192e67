import "server-only";
import type { Actor } from "@/lib/access/actor";
import { lockSession } from "@/lib/auth/sessions/lock-session";
import { db, Prisma, type Transaction } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { prepareNotice, type QueueNotice } from "@/lib/email/prepare-notice";

/** The options of an admin who changes the article of another user. */
export type Moderation = {
  /** The `updatedAt` of the version that they decided on: a later version is not changed. */
  unchangedSince?: Date | undefined;
  /** Emailed to the author and kept in the audit log. */
  reason?: string | undefined;
};

export type ModeratedArticle = { title: string; isPublished: boolean; createdBy: string | null };

/**
 * Checks in the transaction that the caller is still an admin, if the article is not their own. Call it first in the
 * transaction.
 *
 * @returns whether an admin changes the article of another user.
 * @throws AppError as `lockSession`, with `data/permission-denied` (403) for a caller who is no longer an admin.
 */
export async function isModeration(id: string, actor: Actor, tx: Transaction): Promise<boolean> {
  if (!actor.isAdmin) return false;
  const article = await tx.article.findUnique({ where: { id }, select: { createdBy: true } });
  if (!article || (article.createdBy !== null && article.createdBy === actor.userId)) return false;
  await lockSession(actor, tx, null).catch((error: unknown) => {
    const isDemoted = error instanceof AppError && error.code === "user/forbidden";
    throw isDemoted ? new AppError("data/permission-denied", { cause: error }) : error;
  });
  return true;
}

/** Locks the article that an admin changes. @returns it before the change; null if it does not exist. */
export async function lockModerated(id: string, tx: Transaction): Promise<ModeratedArticle | null> {
  const [article] = await tx.$queryRaw<ModeratedArticle[]>(Prisma.sql`
    SELECT title, "isPublished", "createdBy" FROM "Article" WHERE id = ${id} FOR UPDATE`);
  return article ?? null;
}

/**
 * Prepares the email that tells an author what an admin did to their article; without a reason or an author there is
 * none. Call it before the transaction, like `prepareNotice`.
 */
export async function prepareArticleNotice(
  id: string,
  template: "article-taken-back" | "article-deleted",
  reason: string | undefined,
): Promise<QueueNotice | undefined> {
  if (reason === undefined) return undefined;
  const article = await db.article.findUnique({
    where: { id },
    select: { title: true, author: { select: { id: true, email: true, emailVerified: true } } },
  });
  if (!article?.author) return undefined;
  return prepareNotice(article.author, { template, title: article.title, reason });
}
