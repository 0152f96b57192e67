import "server-only";
import { db } from "@/lib/db";
import { ApiError } from "@/lib/http/errors";
import type { Bookmark } from "./contract";

/**
 * Looks at a bookmark of somebody's own.
 *
 * @throws ApiError `data/not-found` (404), for somebody else's too.
 */
export async function getBookmark(id: string, userId: string): Promise<Bookmark> {
  const bookmark = await db.bookmark.findUnique({ where: { id, createdBy: userId } });
  if (!bookmark) throw new ApiError("data/not-found");
  return bookmark;
}
