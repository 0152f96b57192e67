import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { Prisma, query } from "@/lib/db";
import { ApiError } from "@/lib/http/errors";
import { type ArticleRow, articleColumns, articleFrom, toArticle, visibleTo } from "./article-rows";
import type { Article } from "./contract";

/**
 * Reads an article.
 *
 * @throws ApiError `data/not-found` (404), for somebody else's draft too: to anybody but its author it does not exist.
 */
export async function getArticle(id: string, actor: Actor): Promise<Article> {
  const [row] = await query<ArticleRow>(Prisma.sql`
    SELECT ${articleColumns()} FROM ${articleFrom()} WHERE a.id = ${id} AND ${visibleTo(actor)}`);
  if (!row) throw new ApiError("data/not-found");
  return toArticle(row);
}
