import "server-only";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";

/**
 * Deletes a bookmark of the caller.
 *
 * @throws AppError `data/not-found` (404), also for another user's.
 * @see bkend: data, delete
 */
export async function deleteBookmark(id: string, userId: string): Promise<void> {
  const { count } = await db.bookmark.deleteMany({ where: { id, createdBy: userId } });
  if (count === 0) throw new AppError("data/not-found");
}
