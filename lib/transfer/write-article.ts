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

/** An article to import, with its times and old URLs. */
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
  /** Tag names, unless `tagIds` is given. */
  tags: readonly string[];
  tagIds?: readonly string[];
  /** Normalized paths. */
  oldPaths: readonly string[];
};

/**
 * Validates an article against the limits of the API.
 *
 * @returns the article as it will be stored.
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
 * Writes an article, missing tags and old paths in one transaction. It counts against the author's quota, but not
 * against the limit of articles per hour, and skips the check who may publish.
 *
 * @returns false if an article with this id exists; then nothing is written.
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

/** Like `ensureTags` of lib/tags, but in the transaction, so that a failed import leaves no tags behind. */
async function ensureTags(names: readonly string[], authorId: string, tx: Transaction): Promise<string[]> {
  const ids: string[] = [];
  for (const name of names) {
    const where = { createdBy_nameKey: { createdBy: authorId, nameKey: tagNameKey(name) } };
    const known = await tx.tag.findUnique({ where, select: { id: true } });
    const id = known?.id ?? newId();
    if (!known) await writeTag({ id, name }, authorId, tx);
    ids.push(id);
  }
  const unknown = await lockTags(ids, tx);
  return ids.filter((id) => !unknown.has(id));
}

type ImportedTag = { id: string; name: string; slug?: string; createdAt?: Date; updatedAt?: Date };

/** Writes a tag. Its slug, by default made from the name, gets a suffix if the author has a tag with it already. */
export async function writeTag(
  { name, slug: given, ...fields }: ImportedTag,
  authorId: string,
  tx: Transaction,
): Promise<void> {
  const slug = given || tagSlug(name);
  const isTaken = (await tx.tag.count({ where: { createdBy: authorId, slug } })) > 0;
  const uniqueSlug = isTaken ? `${slug}-${fields.id.slice(-6)}` : slug;
  const data = { ...fields, name, nameKey: tagNameKey(name), slug: uniqueSlug, createdBy: authorId };
  await tx.tag.create({ data, select: { id: true } });
}
