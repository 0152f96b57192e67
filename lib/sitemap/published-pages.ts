import "server-only";
import { actorOf } from "@/lib/access/actor";
import { articleListQuery } from "@/lib/articles/contract";
import { listArticles } from "@/lib/articles/list-articles";
import { articlePath } from "@/lib/articles/paths/article-path";
import { categoryPath } from "@/lib/articles/paths/category-path";
import { isPublicSql, lastChangeOf } from "@/lib/articles/public-articles";
import { Prisma, query } from "@/lib/core/db";
import { tagPath } from "@/lib/tags/tag-path";

/** A public page of this site, and when its content was last changed. */
export type PublishedPage = { path: string; changedAt?: Date };

/** How many articles a part of the sitemap contains; the format allows 50,000 URLs. */
const articlesPerPart = 5_000;
/** The maximum each for tags, categories and authors, the most used first. */
const maxSubjects = 10_000;

/** @returns the number of parts with articles. */
export async function countArticleParts(): Promise<number> {
  const { pagination } = await listArticles(
    articleListQuery.parse({ limit: "1", select: "id" }),
    actorOf(null),
  );
  return Math.ceil(pagination.total / articlesPerPart);
}

/** @param part starts at 1; a part after the last one is empty. */
export async function listArticlePages(part: number): Promise<PublishedPage[]> {
  const query = {
    ...articleListQuery.parse({ select: "title,publishedAt", sortBy: "publishedAt" }),
    page: part,
    limit: articlesPerPart,
  };
  const { items } = await listArticles(query, actorOf(null));
  return items.map((article) => ({ path: articlePath(article), changedAt: lastChangeOf(article) }));
}

/** @returns the pages of the categories, tags and authors of public articles. */
export async function listSubjectPages(): Promise<PublishedPage[]> {
  const [categories, tags, authors] = await Promise.all([
    query<{ category: string }>(Prisma.sql`
      SELECT category FROM "Article" a WHERE ${isPublicSql} AND category IS NOT NULL
       GROUP BY category ORDER BY count(*) DESC, category LIMIT ${maxSubjects}`),
    query<{ slug: string }>(Prisma.sql`
      SELECT t.slug FROM "Article" a CROSS JOIN unnest(a.tags) AS carried (id) JOIN "Tag" t ON t.id = carried.id
       WHERE ${isPublicSql} GROUP BY t.slug ORDER BY count(*) DESC, t.slug LIMIT ${maxSubjects}`),
    query<{ id: string }>(Prisma.sql`
      SELECT u.id FROM "Article" a JOIN "User" u ON u.id = a."createdBy"
       WHERE ${isPublicSql} AND u."bannedAt" IS NULL
       GROUP BY u.id ORDER BY count(*) DESC, u.id LIMIT ${maxSubjects}`),
  ]);
  return [
    ...categories.map(({ category }) => ({ path: categoryPath(category) })),
    ...tags.map((tag) => ({ path: tagPath(tag) })),
    ...authors.map(({ id }) => ({ path: `/users/${id}` })),
  ];
}
