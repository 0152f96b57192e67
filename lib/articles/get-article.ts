import "server-only";
import type { Actor } from "@/lib/access/actor";
import { Prisma, query } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { articleColumns, articleFrom, visibleTo } from "./article-rows";
import type { Article } from "./contract";

/**
 * Reads an article.
 *
 * @throws AppError `data/not-found` (404), also for another user's draft.
 */
export async function getArticle(id: string, actor: Actor): Promise<Article> {
  const [article] = await query<Article>(Prisma.sql`
    SELECT ${articleColumns()} FROM ${articleFrom()} WHERE a.id = ${id} AND ${visibleTo(actor)}`);
  if (!article) throw new AppError("data/not-found");
  return article;
}
