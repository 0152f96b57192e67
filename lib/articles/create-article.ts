import "server-only";
import { db } from "@/lib/db";
import type { Article, ArticleInput } from "./contract";
import { requireTags } from "./require-tags";

/**
 * Writes an article.
 *
 * @param author who writes; the article answers with them without another query.
 * @throws ApiError `data/validation-error` (400) for tags that do not exist.
 * @see bkend: data, create
 */
export async function createArticle(
  { tags, ...fields }: ArticleInput,
  author: { id: string; name: string; image: string | null },
): Promise<Article> {
  requireTags(tags);
  const article = await db.article.create({ data: { ...fields, createdBy: author.id } });
  return { ...article, tags, author: { id: author.id, name: author.name, image: author.image } };
}
