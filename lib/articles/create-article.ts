import "server-only";
import { v7 as newId } from "uuid";
import type { Actor } from "@/lib/access/actor";
import { requireWriter } from "@/lib/access/changeable-by";
import { onMissing, Prisma, query } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { limit, textQuotaBytes } from "@/lib/core/rate-limit";
import { findUnknownTags, unknownTagsError } from "@/lib/tags/lock-tags";
import type { Article, ArticleInput } from "./contract";
import { resolveCoverImage } from "./cover-image";
import { derivedFrom } from "./description";
import { publishingProblem } from "./publishing-problem";

/**
 * Writes an article. In plain SQL: what Prisma adds to the writing of one row costs more than the row.
 *
 * @param author who writes; the article answers with them without another query.
 * @param actor whose rights decide whether it may be published.
 * @throws AppError `auth/email-not-verified`, `data/permission-denied` (403) where the author may not publish or is a
 *   guest, `data/validation-error` (400) for tags that do not exist and for a cover by a key that is no public file of
 *   the author's, `auth/invalid-token` (401) when the author's account was deleted meanwhile, `data/quota-exceeded`
 *   (403), `common/too-many-requests` (429).
 * @see bkend: data, create
 */
export async function createArticle(
  input: ArticleInput,
  author: { id: string; name: string; image: string | null },
  actor: Actor,
): Promise<Article> {
  requireWriter(actor);
  const problem = input.isPublished ? publishingProblem(actor) : null;
  if (problem) throw new AppError(problem);
  await limit("article", author.id, { account: author.id });
  const now = new Date();
  const coverImage = await resolveCoverImage(input.coverImage, author.id);
  const article = { id: newId(), ...input, coverImage, createdBy: author.id, createdAt: now, updatedAt: now };
  const { summary, readingMinutes } = derivedFrom(input.content);
  // The tags are held, so that none is deleted before the article names it; where one is missing nothing is written.
  const [written] = await query<Pick<Article, "publishedAt">>(Prisma.sql`
    WITH held AS (SELECT id FROM "Tag" WHERE id = ANY(${article.tags}::text[]) ORDER BY id FOR KEY SHARE)
    INSERT INTO "Article" (id, title, content, excerpt, "coverImage", "coverAlt", category, "isPublished",
                           "publishedAt", tags, summary, "readingMinutes", "createdBy", "createdAt", "updatedAt")
    SELECT ${article.id}, ${article.title}, ${article.content}, ${article.excerpt}, ${article.coverImage},
           ${article.coverAlt}, ${article.category}, ${article.isPublished},
           ${article.publishedAt?.toISOString() ?? null}::timestamptz, ${article.tags}::text[], ${summary},
           ${readingMinutes}::int, ${article.createdBy}, ${article.createdAt}::timestamptz,
           ${article.updatedAt}::timestamptz
     WHERE (SELECT count(*) FROM held) = cardinality(${article.tags}::text[])
       AND (SELECT has_text_room(${author.id}, octet_length(${article.content}), ${textQuotaBytes}))
    RETURNING "publishedAt"`).catch(onMissing("auth/invalid-token"));
  if (!written) {
    const unknown = await findUnknownTags(input.tags);
    throw unknown.size > 0 ? unknownTagsError(input.tags, unknown) : new AppError("data/quota-exceeded");
  }
  return { ...article, ...written, author: { id: author.id, name: author.name, image: author.image } };
}
