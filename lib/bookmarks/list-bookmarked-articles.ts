import "server-only";
import { actorOf } from "@/lib/access/actor";
import { articleListQuery } from "@/lib/articles/contract";
import { type ArticleSummary, listArticleSummaries } from "@/lib/articles/list-articles";
import type { CurrentUser } from "@/lib/auth/sessions/current-user";
import { filterBy } from "@/lib/lists/filters";
import type { Page } from "@/lib/lists/pagination";
import type { Bookmark, BookmarkListQuery } from "./contract";
import { listBookmarks } from "./list-bookmarks";

/** A bookmark with its article; null for an article that the owner currently may not read. */
export type BookmarkedArticle = Bookmark & { article: ArticleSummary | null };

/** Lists a user's bookmarks with their articles; an article that is now another user's draft is null. */
export async function listBookmarkedArticles(
  query: BookmarkListQuery,
  user: Pick<CurrentUser, "id" | "role">,
): Promise<Page<BookmarkedArticle>> {
  const { items, pagination } = await listBookmarks(query, user.id);
  const articles = await articlesOf(items, user);
  return {
    items: items.map((bookmark) => ({ ...bookmark, article: articles.get(bookmark.articleId) ?? null })),
    pagination,
  };
}

async function articlesOf(
  bookmarks: Bookmark[],
  user: Pick<CurrentUser, "id" | "role">,
): Promise<Map<string, ArticleSummary>> {
  if (bookmarks.length === 0) return new Map();
  const andFilters = filterBy({ id: { $in: bookmarks.map(({ articleId }) => articleId) } });
  const query = { ...articleListQuery.parse({}), andFilters, limit: bookmarks.length };
  const { items } = await listArticleSummaries(query, actorOf(user));
  return new Map(items.map((article) => [article.id, article]));
}
