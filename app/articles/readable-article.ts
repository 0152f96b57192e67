import "server-only";
import { notFound } from "next/navigation";
import { cache } from "react";
import { type Article, getArticleContract } from "@/lib/articles/contract";
import { getArticle } from "@/lib/articles/get-article";
import { type Actor, actorOf } from "@/lib/auth/actor";
import { findWebUser, requireWebUser } from "@/lib/auth/web-session";
import { ApiError } from "@/lib/http/errors";

/**
 * Reads an article for a page, once a request. One that the reader may not see leads to the page for what does
 * not exist.
 */
export const readableArticle = cache(
  async (id: string): Promise<Article> => articleFor(id, actorOf(await findWebUser())),
);

/**
 * Reads an article that is to be changed. Nobody signed in leads to sign-in and back; somebody else's does not exist.
 *
 * @param page what comes after the address of the article, such as `edit`.
 */
export async function changeableArticle(id: string, page: string): Promise<Article> {
  const actor = actorOf(await requireWebUser(`/articles/${encodeURIComponent(id)}/${page}`));
  const article = await articleFor(id, actor);
  return mayChange(article, actor) ? article : notFound();
}

/** @returns whether somebody may change an article, and so is shown how; the actions check for themselves. */
export function mayChange({ createdBy }: Article, { userId, isAdmin }: Actor): boolean {
  return isAdmin || (userId !== null && createdBy === userId);
}

async function articleFor(id: string, actor: Actor): Promise<Article> {
  if (!getArticleContract.params.safeParse({ id }).success) notFound();
  try {
    return await getArticle(id, actor);
  } catch (error) {
    if (error instanceof ApiError && error.code === "data/not-found") notFound();
    throw error;
  }
}
