import "server-only";
import { articlePath } from "@/lib/articles/paths/article-path";
import { normalizeOldPath } from "@/lib/articles/paths/old-path";
import { isPublicSql } from "@/lib/articles/public-articles";
import { Prisma, query } from "@/lib/core/db";

/**
 * Finds the article that an address of the earlier blog led to.
 *
 * @returns its path today; null where there is none, or none that is public: the path contains its title.
 */
export async function findMovedArticle(address: string): Promise<string | null> {
  const path = normalizeOldPath(address);
  if (path === null) return null;
  const [article] = await query<{ id: string; title: string }>(Prisma.sql`
    SELECT a.id, a.title FROM "ArticleAlias" alias JOIN "Article" a ON a.id = alias."articleId"
     WHERE alias.path = ${path} AND ${isPublicSql}`);
  return article ? articlePath(article) : null;
}
