import "server-only";
import { db } from "@/lib/db";
import { holdTags, refuseUnknownTags } from "@/lib/tags/hold-tags";
import type { Article, ArticleInput } from "./contract";

/**
 * Writes an article.
 *
 * @param author who writes; the article answers with them without another query.
 * @throws ApiError `data/validation-error` (400) for tags that do not exist.
 * @see bkend: data, create
 */
export async function createArticle(
  input: ArticleInput,
  author: { id: string; name: string; image: string | null },
): Promise<Article> {
  const data = { ...input, createdBy: author.id };
  const article =
    input.tags.length === 0
      ? await db.article.create({ data })
      : await db.$transaction(async (tx) => {
          refuseUnknownTags(input.tags, await holdTags(input.tags, tx));
          return tx.article.create({ data });
        });
  return { ...article, author: { id: author.id, name: author.name, image: author.image } };
}
