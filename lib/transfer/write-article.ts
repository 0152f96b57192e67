import "server-only";
import { v7 as newId } from "uuid";
import { createArticleContract } from "@/lib/articles/contract";
import { derivedFrom } from "@/lib/articles/description";
import { db, Prisma, type Transaction } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse-input";
import { textQuotaBytes } from "@/lib/core/rate-limit";
import { tagNameKey } from "@/lib/tags/contract";
import { lockTags } from "@/lib/tags/lock-tags";
import { tagSlug } from "@/lib/tags/tag-slug";

/** An article that is taken over with its times and addresses. */
export type ImportedArticle = {
  id: string;
  title: string;
  content: string;
  excerpt: string | null;
  coverImage: string | null;
  coverAlt: string | null;
  category: string | null;
  isPublished: boolean;
  publishedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
  /** Names; `tagIds` are used in their place where they are given. */
  tags: readonly string[];
  tagIds?: readonly string[];
  /** Normalized. */
  oldPaths: readonly string[];
};

/**
 * Holds an article against the limits of the API.
 *
 * @returns it as it is stored.
 * @throws AppError `data/validation-error` (400).
 */
export function checkArticle(article: ImportedArticle): ImportedArticle {
  const { title, content, excerpt, coverImage, coverAlt, category, isPublished, publishedAt } = article;
  const input = { title, content, excerpt, coverImage, coverAlt, category, isPublished };
  const { tags: _, ...fields } = parseInput(
    createArticleContract.body,
    { ...input, publishedAt: publishedAt?.toISOString() ?? null },
    "data/validation-error",
  );
  return { ...article, ...fields };
}

/**
 * Writes an article, the tags that its author lacks and its old addresses: all or nothing. It counts against the
 * author's quota, but not against the limit on articles an hour, nor does it ask who may publish.
 *
 * @returns false where there is an article of this id; nothing is written then.
 * @throws AppError `data/quota-exceeded` (403).
 */
export async function writeArticle(article: ImportedArticle, authorId: string): Promise<boolean> {
  const { oldPaths, tags, tagIds, ...fields } = article;
  return db.$transaction(async (tx) => {
    if ((await tx.article.count({ where: { id: article.id } })) > 0) return false;
    await requireTextRoom(article.content, authorId, tx);
    const ids = tagIds ? await withoutUnknown(tagIds, tx) : await ensureTags(tags, authorId, tx);
    const data = { ...fields, ...derivedFrom(article.content), tags: ids, createdBy: authorId };
    await tx.article.create({ data, select: { id: true } });
    const aliases = oldPaths.map((path) => ({ path, articleId: article.id }));
    await tx.articleAlias.createMany({ data: aliases, skipDuplicates: true });
    return true;
  });
}

async function requireTextRoom(content: string, authorId: string, tx: Transaction): Promise<void> {
  const [row] = await tx.$queryRaw<{ hasRoom: boolean }[]>(Prisma.sql`
    SELECT has_text_room(${authorId}, octet_length(${content}), ${textQuotaBytes}) AS "hasRoom"`);
  if (!row?.hasRoom) throw new AppError("data/quota-exceeded");
}

async function withoutUnknown(ids: readonly string[], tx: Transaction): Promise<string[]> {
  const unknown = await lockTags(ids, tx);
  return ids.filter((id) => !unknown.has(id));
}

/** As `ensureTags` of lib/tags, inside the transaction: a tag without its article would be half an import. */
async function ensureTags(names: readonly string[], authorId: string, tx: Transaction): Promise<string[]> {
  const ids: string[] = [];
  for (const name of names) {
    const nameKey = tagNameKey(name);
    const where = { createdBy_nameKey: { createdBy: authorId, nameKey } };
    const known = await tx.tag.findUnique({ where, select: { id: true } });
    ids.push(known?.id ?? (await createTag({ name, nameKey, authorId }, tx)));
  }
  const unknown = await lockTags(ids, tx);
  return ids.filter((id) => !unknown.has(id));
}

async function createTag(
  { name, nameKey, authorId }: { name: string; nameKey: string; authorId: string },
  tx: Transaction,
): Promise<string> {
  const id = newId();
  const slug = tagSlug(name);
  const isTaken = (await tx.tag.count({ where: { createdBy: authorId, slug } })) > 0;
  const data = { id, name, nameKey, slug: isTaken ? `${slug}-${id.slice(-6)}` : slug, createdBy: authorId };
  await tx.tag.create({ data, select: { id: true } });
  return id;
}
