import "server-only";
import { randomUUID } from "node:crypto";
import type { Actor } from "@/lib/access/actor";
import { visibleTo } from "@/lib/articles/article-rows";
import { getArticle } from "@/lib/articles/get-article";
import { onMissing } from "@/lib/core/database-errors";
import { Prisma, query } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import type { Bookmark } from "./contract";

/**
 * Bookmarks an article for a user. The article's row is locked, so that it is not deleted meanwhile.
 *
 * @throws AppError `data/not-found` (404) for an article that the actor may not read, `data/duplicate-value` (409)
 *   for one that they have bookmarked already, `auth/invalid-token` (401) when their account was deleted meanwhile.
 * @see bkend: blog cookbook, bookmarks
 */
export async function createBookmark(articleId: string, userId: string, actor: Actor): Promise<Bookmark> {
  const [bookmark] = await query<Bookmark>(Prisma.sql`
    INSERT INTO "Bookmark" (id, "articleId", "createdBy")
    SELECT ${randomUUID()}, a.id, ${userId} FROM "Article" a
     WHERE a.id = ${articleId} AND ${visibleTo(actor)} FOR KEY SHARE
    ON CONFLICT ("createdBy", "articleId") DO NOTHING
    RETURNING id, "articleId", "createdBy", "createdAt"`)
    // The user's account may be deleted meanwhile.
    .catch(onMissing("auth/invalid-token"));
  if (bookmark) return bookmark;
  await getArticle(articleId, actor);
  throw new AppError("data/duplicate-value");
}
