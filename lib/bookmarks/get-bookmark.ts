import "server-only";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import type { Bookmark } from "./contract";

/**
 * Gets a bookmark of the caller.
 *
 * @throws AppError `data/not-found` (404), also for another user's.
 */
export async function getBookmark(id: string, userId: string): Promise<Bookmark> {
  const bookmark = await db.bookmark.findUnique({ where: { id, createdBy: userId } });
  if (!bookmark) throw new AppError("data/not-found");
  return bookmark;
}
