import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { mayChange } from "@/lib/auth/changeable-by";
import { ApiError } from "@/lib/http/errors";
import type { Article } from "./contract";
import { getArticle } from "./get-article";

/**
 * Reads an article that somebody is about to change.
 *
 * @throws ApiError `data/not-found` (404), `data/permission-denied` (403).
 */
export async function requireChangeable(id: string, actor: Actor): Promise<Article> {
  const article = await getArticle(id, actor);
  if (!mayChange(article, actor)) throw new ApiError("data/permission-denied");
  return article;
}
