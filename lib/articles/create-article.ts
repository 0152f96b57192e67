import "server-only";
import { db, onMissing } from "@/lib/db";
import { holdTags, refuseUnknownTags } from "@/lib/tags/hold-tags";
import type { Article, ArticleInput } from "./contract";

/**
 * Writes an article.
 *
 * @param author who writes; the article answers with them without another query.
 * @throws ApiError `data/validation-error` (400) for tags that do not exist, `auth/invalid-token` (401) when the
 *   author's account was deleted meanwhile.
 * @see bkend: data, create
 */
export async function createArticle(
  input: ArticleInput,
  author: { id: string; name: string; image: string | null },
): Promise<Article> {
  const data = { ...input, createdBy: author.id };
  const created =
    input.tags.length === 0
      ? db.article.create({ data })
      : db.$transaction(async (tx) => {
          refuseUnknownTags(input.tags, await holdTags(input.tags, tx));
          return tx.article.create({ data });
        });
  // The author's account may be deleted while they write.
  const article = await created.catch(onMissing("auth/invalid-token"));
  return { ...article, author: { id: author.id, name: author.name, image: author.image } };
}
