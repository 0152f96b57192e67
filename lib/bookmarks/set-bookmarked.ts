import "server-only";
import type { CurrentUser } from "@/lib/auth/sessions/current-user";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { createBookmark } from "./create-bookmark";

/**
 * Keeps an article among a user's bookmarks or takes it from there. As it was to be, so it is: pressing twice
 * is no mistake.
 *
 * @throws AppError `data/not-found` (404) when an article is to be kept that they may not read.
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
    await createBookmark(articleId, user);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "data/duplicate-value") throw error;
  }
}

/** @returns whether the user has bookmarked an article. */
export async function isBookmarked(articleId: string, userId: string): Promise<boolean> {
  const where = { createdBy_articleId: { createdBy: userId, articleId } };
  return (await db.bookmark.findUnique({ where, select: { id: true } })) !== null;
}
