import "server-only";
import { articlePath } from "@/lib/articles/paths/article-path";
import { normalizeOldPath } from "@/lib/articles/paths/old-path";
import { isPublicSql } from "@/lib/articles/public-articles";
import { Prisma, query } from "@/lib/core/db";

/**
 * Finds the article at an address of the blog that it was imported from.
 *
 * @returns its current path; null unless the article is public, since the path contains its title.
 */
export async function findMovedArticle(address: string): Promise<string | null> {
  const path = normalizeOldPath(address);
  if (path === null) return null;
  const [article] = await query<{ id: string; title: string }>(Prisma.sql`
    SELECT a.id, a.title FROM "ArticleAlias" alias JOIN "Article" a ON a.id = alias."articleId"
     WHERE alias.path = ${path} AND ${isPublicSql}`);
  return article ? articlePath(article) : null;
}
