import "server-only";
import type { Actor } from "@/lib/access/actor";
import { Prisma, query } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { type ArticleRow, articleColumns, articleFrom, toArticle, visibleTo } from "./article-rows";
import type { Article } from "./contract";

/**
 * Reads an article.
 *
 * @throws AppError `data/not-found` (404), also for another user's draft.
 */
export async function getArticle(id: string, actor: Actor): Promise<Article> {
  const [row] = await query<ArticleRow>(Prisma.sql`
    SELECT ${articleColumns()} FROM ${articleFrom()} WHERE a.id = ${id} AND ${visibleTo(actor)}`);
  if (!row) throw new AppError("data/not-found");
  return toArticle(row);
}
