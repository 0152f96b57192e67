import "server-only";
import { notFound } from "next/navigation";
import { cache } from "react";
import { type Actor, actorOf } from "@/lib/access/actor";
import { canEdit } from "@/lib/access/changeable-by";
import { getArticle, type ReadArticle } from "@/lib/articles/get-article";
import { articleIdOf } from "@/lib/articles/paths/article-path";
import type { CurrentUser } from "@/lib/auth/sessions/current-user";
import { notFoundInstead } from "@/lib/web/not-found-instead";
import { decodeSegment } from "@/lib/web/paths/decode-segment";
import { getCurrentUser, requireCurrentUser } from "@/lib/web/session/browser-session";

/**
 * Loads an article for a page, once per request. An article that the reader may not see is not found (404).
 *
 * @param segment the part of the URL after `/articles/`.
 */
export const loadArticle = cache(
  async (segment: string): Promise<ReadArticle> => getArticleOr404(segment, actorOf(await getCurrentUser())),
);

/**
 * Loads an article to edit or delete. Redirects guests to sign-in and back; another user's article is not found (404).
 *
 * @param page the last segment of the URL.
 * @returns the article, and the user who changes it: its author or an admin.
 */
export async function loadChangeableArticle(
  segment: string,
  page: "edit" | "delete",
): Promise<{ article: ReadArticle; user: CurrentUser }> {
  const user = await requireCurrentUser(`/articles/${encodeURIComponent(decodeSegment(segment))}/${page}`);
  const article = await getArticleOr404(segment, actorOf(user));
  return canEdit(article, actorOf(user)) ? { article, user } : notFound();
}

function getArticleOr404(segment: string, actor: Actor): Promise<ReadArticle> {
  return getArticle(articleIdOf(decodeSegment(segment)), actor).catch(notFoundInstead);
}
