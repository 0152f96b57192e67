import "server-only";
import type { Actor } from "@/lib/access/actor";
import { Prisma } from "@/lib/core/db";
import { type Article, type ArticleField, articleFields } from "./contract";
import { isPublicSql } from "./public-articles";

/** An article as the database returns it: with its author's columns beside its own. */
export type ArticleRow = Omit<Article, "author"> & AuthorColumns;

type AuthorColumns = { authorName: string | null; authorImage: string | null };

const columns: Record<ArticleField, Prisma.Sql> = {
  id: Prisma.sql`a.id`,
  title: Prisma.sql`a.title`,
  content: Prisma.sql`a.content`,
  excerpt: Prisma.sql`a.excerpt`,
  coverImage: Prisma.sql`a."coverImage"`,
  coverAlt: Prisma.sql`a."coverAlt"`,
  category: Prisma.sql`a.category`,
  isPublished: Prisma.sql`a."isPublished"`,
  publishedAt: Prisma.sql`a."publishedAt"`,
  tags: Prisma.sql`a.tags`,
  createdBy: Prisma.sql`a."createdBy"`,
  author: Prisma.sql`u.name AS "authorName", u.image AS "authorImage"`,
  createdAt: Prisma.sql`a."createdAt"`,
  updatedAt: Prisma.sql`a."updatedAt"`,
};

/** @returns the columns to select for these fields. */
export function articleColumns(fields: readonly ArticleField[] = articleFields): Prisma.Sql {
  return Prisma.join([...new Set(fields)].map((field) => columns[field]));
}

/** @returns the tables to select from: the author's only if the author is selected. */
export function articleFrom(fields: readonly ArticleField[] = articleFields): Prisma.Sql {
  return fields.includes("author")
    ? Prisma.sql`"Article" a LEFT JOIN "User" u ON u.id = a."createdBy"`
    : Prisma.sql`"Article" a`;
}

/** The articles that a reader may see: public ones, their own drafts and scheduled articles; an admin sees all. */
export function visibleTo(actor: Actor): Prisma.Sql {
  if (actor.isAdmin) return Prisma.sql`TRUE`;
  if (actor.userId === null) return isPublicSql;
  return Prisma.sql`(${isPublicSql} OR a."createdBy" = ${actor.userId})`;
}

/** @returns a row with its author as an object. */
export function toArticle<Row extends Pick<Article, "createdBy"> & AuthorColumns>({
  authorName,
  authorImage,
  ...row
}: Row) {
  return { ...row, author: authorOf(row.createdBy, { authorName, authorImage }) };
}

/** @returns the same for a row in which some fields were not selected. */
export function toListedArticle<Row extends Pick<Article, "createdBy"> & Partial<AuthorColumns>>(row: Row) {
  const { authorName, authorImage, ...article } = row;
  if (authorName === undefined || authorImage === undefined) return article;
  return { ...article, author: authorOf(row.createdBy, { authorName, authorImage }) };
}

function authorOf(id: string | null, { authorName, authorImage }: AuthorColumns): Article["author"] {
  return id === null || authorName === null ? null : { id, name: authorName, image: authorImage };
}
