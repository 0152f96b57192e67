import "server-only";
import { db } from "@/lib/db";
import { ApiError } from "@/lib/http/errors";

/**
 * Takes a bookmark of somebody's own away.
 *
 * @throws ApiError `data/not-found` (404), for somebody else's too.
 * @see bkend: data, delete
 */
export async function deleteBookmark(id: string, userId: string): Promise<void> {
  const { count } = await db.bookmark.deleteMany({ where: { id, createdBy: userId } });
  if (count === 0) throw new ApiError("data/not-found");
}
