import "server-only";
import { notFound } from "next/navigation";
import { cache } from "react";
import { articleIdOf } from "@/lib/articles/article-path";
import type { Article } from "@/lib/articles/contract";
import { getArticle } from "@/lib/articles/get-article";
import { type Actor, actorOf } from "@/lib/auth/actor";
import { mayChange } from "@/lib/auth/changeable-by";
import type { CurrentUser } from "@/lib/auth/guard";
import { findWebUser, requireWebUser } from "@/lib/auth/web-session";
import { ApiError } from "@/lib/http/errors";
import { decodeSegment } from "../_components/decode-segment";

/**
 * Reads an article for a page, once a request. One that the reader may not see leads to the page for what does
 * not exist.
 *
 * @param segment what stands behind `/articles/` in the address.
 */
export const readableArticle = cache(
  async (segment: string): Promise<Article> => articleFor(segment, actorOf(await findWebUser())),
);

/**
 * Reads an article that is to be changed. Nobody signed in leads to sign-in and back; somebody else's does not exist.
 *
 * @param page what comes after the address of the article, such as `edit`.
 * @returns the article, and who is to change it: its author, or an admin.
 */
export async function changeableArticle(
  segment: string,
  page: string,
): Promise<{ article: Article; user: CurrentUser }> {
  const returnTo = `/articles/${encodeURIComponent(decodeSegment(segment))}/${page}`;
  const user = await requireWebUser(returnTo);
  const article = await articleFor(segment, actorOf(user));
  return mayChange(article, actorOf(user)) ? { article, user } : notFound();
}

async function articleFor(segment: string, actor: Actor): Promise<Article> {
  try {
    return await getArticle(articleIdOf(decodeSegment(segment)), actor);
  } catch (error) {
    if (error instanceof ApiError && error.code === "data/not-found") notFound();
    throw error;
  }
}
