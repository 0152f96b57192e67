import "server-only";
import type { Actor } from "@/lib/access/actor";
import { Prisma, query } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { articleColumns, articleFrom, visibleTo } from "./article-rows";
import type { Article } from "./contract";
import { isPublicColumn } from "./public-articles";

/** An article, and whether it was public when it was read. */
export type ReadArticle = Article & { isPublic: boolean };

/**
 * Reads an article.
 *
 * @throws AppError `data/not-found` (404), also for another user's draft.
 */
export async function getArticle(id: string, actor: Actor): Promise<ReadArticle> {
  const [article] = await query<ReadArticle>(Prisma.sql`
    SELECT ${articleColumns()}, ${isPublicColumn} FROM ${articleFrom()} WHERE a.id = ${id} AND ${visibleTo(actor)}`);
  if (!article) throw new AppError("data/not-found");
  return article;
}
