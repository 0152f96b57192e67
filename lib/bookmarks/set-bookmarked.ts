import "server-only";
import { actorOf } from "@/lib/access/actor";
import type { CurrentUser } from "@/lib/auth/sessions/current-user";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { createBookmark } from "./create-bookmark";

/**
 * Adds an article to a user's bookmarks or removes it. Idempotent: repeating a request is not an error.
 *
 * @throws AppError `data/not-found` (404) when adding an article that they may not read.
 */
export async function setBookmarked(
  articleId: string,
  isBookmarked: boolean,
  user: Pick<CurrentUser, "id" | "role">,
): Promise<void> {
  if (!isBookmarked) {
    await db.bookmark.deleteMany({ where: { articleId, createdBy: user.id } });
    return;
  }
  try {
    await createBookmark(articleId, user.id, actorOf(user));
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "data/duplicate-value") throw error;
  }
}

/** @returns whether the user has bookmarked an article. */
export async function isBookmarked(articleId: string, userId: string): Promise<boolean> {
  const where = { createdBy_articleId: { createdBy: userId, articleId } };
  return (await db.bookmark.findUnique({ where, select: { id: true } })) !== null;
}
