import "server-only";
import type { Actor } from "@/lib/access/actor";
import { Prisma } from "@/lib/core/db";
import { type ArticleField, articleFields } from "./contract";
import { isPublicSql } from "./public-articles";

/** The column of each field, to filter and sort by. */
export const fieldColumns = {
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
  createdAt: Prisma.sql`a."createdAt"`,
  updatedAt: Prisma.sql`a."updatedAt"`,
} satisfies Record<Exclude<ArticleField, "author">, Prisma.Sql>;

/** Null once the author's account is deleted. */
const author = Prisma.sql`
  CASE WHEN u.id IS NOT NULL THEN json_build_object('id', u.id, 'name', u.name, 'image', u.image) END AS author`;

/** @returns the columns to select for these fields. */
export function articleColumns(fields: readonly ArticleField[] = articleFields): Prisma.Sql {
  return Prisma.join(
    [...new Set(fields)].map((field) => (field === "author" ? author : fieldColumns[field])),
  );
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
