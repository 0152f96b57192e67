import "server-only";
import type { Actor } from "@/lib/access/actor";
import { canEdit } from "@/lib/access/changeable-by";
import { AppError } from "@/lib/core/errors";
import type { Article } from "./contract";
import { getArticle } from "./get-article";

/**
 * Reads an article that the caller is about to change.
 *
 * @throws AppError `data/not-found` (404), `data/permission-denied` (403).
 */
export async function requireChangeable(id: string, actor: Actor): Promise<Article> {
  const article = await getArticle(id, actor);
  if (!canEdit(article, actor)) throw new AppError("data/permission-denied");
  return article;
}
