import "server-only";
import { v7 as newId } from "uuid";
import type { Actor } from "@/lib/access/actor";
import { requireWriter } from "@/lib/access/changeable-by";
import { onMissing } from "@/lib/core/database-errors";
import { Prisma, query } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { limit, textQuotaBytes } from "@/lib/core/rate-limit";
import { findUnknownTags, unknownTagsError } from "@/lib/tags/lock-tags";
import type { Article, ArticleInput } from "./contract";
import { resolveCoverImage } from "./cover-image";
import { derivedFrom } from "./description";
import { publishingProblem } from "./publishing-problem";

/**
 * Creates an article, in plain SQL: the overhead of Prisma would cost more than inserting the row.
 *
 * @param author is part of the result without another query.
 * @param actor whose rights decide whether it may be published.
 * @throws AppError `auth/email-not-verified`, `data/permission-denied` (403) if the author may not publish or is a
 *   guest, `data/validation-error` (400) for tags that do not exist and for a cover key that is not a public file of
 *   the author, `auth/invalid-token` (401) if the author's account was deleted meanwhile, `data/quota-exceeded`
 *   (403), `common/too-many-requests` (429).
 * @see bkend: data, create
 */
export async function createArticle(
  input: ArticleInput,
  author: { id: string; name: string; image: string | null },
  actor: Actor,
): Promise<Article> {
  await limit("article", author.id, { account: author.id });
  requireWriter(actor);
  const problem = input.isPublished ? publishingProblem(actor) : null;
  if (problem) throw new AppError(problem);
  const now = new Date();
  const coverImage = await resolveCoverImage(input.coverImage, author.id);
  const article = { id: newId(), ...input, coverImage, createdBy: author.id, createdAt: now, updatedAt: now };
  const columns = columnsOf(article);
  // The tags are locked, so that none is deleted before the article refers to it. If one is missing, nothing is saved.
  const [inserted] = await query<Pick<Article, "publishedAt">>(Prisma.sql`
    WITH locked AS (SELECT id FROM "Tag" WHERE id = ANY(${article.tags}::text[]) ORDER BY id FOR KEY SHARE)
    INSERT INTO "Article" (${Prisma.raw(
      Object.keys(columns)
        .map((name) => `"${name}"`)
        .join(),
    )})
    SELECT ${Prisma.join(Object.values(columns))}
     WHERE (SELECT count(*) FROM locked) = cardinality(${article.tags}::text[])
       AND (SELECT has_text_room(${author.id}, octet_length(${article.content}), ${textQuotaBytes}))
    RETURNING "publishedAt"`).catch(onMissing("auth/invalid-token"));
  if (!inserted) {
    const unknown = await findUnknownTags(input.tags);
    throw unknown.size > 0 ? unknownTagsError(input.tags, unknown) : new AppError("data/quota-exceeded");
  }
  return { ...article, ...inserted, author: { id: author.id, name: author.name, image: author.image } };
}

type NewArticle = Omit<Article, "author">;

/** @returns a value for each column; the compiler reports a missing one. */
function columnsOf(article: NewArticle): Record<keyof NewArticle | "summary" | "readingMinutes", Prisma.Sql> {
  const { summary, readingMinutes } = derivedFrom(article.content);
  return {
    id: Prisma.sql`${article.id}`,
    title: Prisma.sql`${article.title}`,
    content: Prisma.sql`${article.content}`,
    excerpt: Prisma.sql`${article.excerpt}`,
    coverImage: Prisma.sql`${article.coverImage}`,
    coverAlt: Prisma.sql`${article.coverAlt}`,
    category: Prisma.sql`${article.category}`,
    isPublished: Prisma.sql`${article.isPublished}`,
    publishedAt: Prisma.sql`${article.publishedAt?.toISOString() ?? null}::timestamptz`,
    tags: Prisma.sql`${article.tags}::text[]`,
    summary: Prisma.sql`${summary}`,
    readingMinutes: Prisma.sql`${readingMinutes}::int`,
    createdBy: Prisma.sql`${article.createdBy}`,
    createdAt: Prisma.sql`${article.createdAt}::timestamptz`,
    updatedAt: Prisma.sql`${article.updatedAt}::timestamptz`,
  };
}
