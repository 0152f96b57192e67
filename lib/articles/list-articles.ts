import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { Prisma, query as runSql } from "@/lib/db";
import { type Page, paginate } from "@/lib/http/pagination";
import { conditionsOf, orderOf } from "@/lib/list-queries";
import { type ArticleRow, articleColumns, articleFrom, toListedArticle, visibleTo } from "./article-rows";
import type { Article, ArticleListQuery } from "./contract";

/** An article of a list: the selected fields, and those that always come. */
export type ListedArticle = Partial<Article> & Pick<Article, "id" | "createdBy" | "createdAt" | "updatedAt">;

type ListedRow = Partial<ArticleRow> & Pick<ArticleRow, "id" | "createdBy" | "createdAt" | "updatedAt">;

/**
 * Lists the articles that somebody may read: those published, and one's own drafts.
 *
 * @returns a page of them, the newest first unless asked otherwise.
 * @see bkend: data, list
 */
export async function listArticles(query: ArticleListQuery, actor: Actor): Promise<Page<ListedArticle>> {
  const where = whereOf(query, actor);
  const [rows, total] = await Promise.all([
    runSql<ListedRow>(Prisma.sql`
      SELECT ${articleColumns(query.select)}
        FROM ${articleFrom(query.select)}
       WHERE ${where}
       ORDER BY ${orderOf(query, columns)}
       LIMIT ${query.limit} OFFSET ${(query.page - 1) * query.limit}`),
    countArticles(query, actor, where),
  ]);
  return { items: rows.map(toListedArticle), pagination: paginate(total, query) };
}

/**
 * Counts what a list holds. For the lists that everybody opens the trigger on the table has counted already;
 * walking a large table would cost far more than the page itself.
 */
async function countArticles(query: ArticleListQuery, actor: Actor, where: Prisma.Sql): Promise<number> {
  const counted = isUnfiltered(query)
    ? await countedBefore(query, actor)
    : await runSql<{ total: number }>(
        Prisma.sql`SELECT count(*)::int AS total FROM "Article" a WHERE ${where}`,
      );
  return counted[0]?.total ?? 0;
}

function countedBefore({ andFilters }: ArticleListQuery, actor: Actor): Promise<{ total: number }[]> {
  const isPublishedOnly = andFilters.length > 0;
  if (actor.isAdmin && !isPublishedOnly) {
    return runSql(Prisma.sql`SELECT coalesce(sum(total), 0)::int AS total FROM "ArticleCount"`);
  }
  if (actor.userId === null || isPublishedOnly) {
    return runSql(Prisma.sql`SELECT coalesce(sum(published), 0)::int AS total FROM "ArticleCount"`);
  }
  return runSql(Prisma.sql`
    SELECT (coalesce(sum(published), 0)
            + (SELECT count(*) FROM "Article" WHERE "createdBy" = ${actor.userId} AND NOT "isPublished"))::int AS total
      FROM "ArticleCount"`);
}

/** Nothing is asked for but, at the most, to be published. */
function isUnfiltered({ search, andFilters, orFilters }: ArticleListQuery): boolean {
  if (search !== "" || orFilters.length > 0) return false;
  return andFilters.flat().every(({ field, operator, value }) => {
    return field === "isPublished" && operator === "$eq" && value === true;
  });
}

function whereOf(query: ArticleListQuery, actor: Actor): Prisma.Sql {
  const conditions = [
    visibleTo(actor),
    ...conditionsOf(query, { ...columns, tags: { list: Prisma.sql`a.tags` } }),
  ];
  if (query.search !== "") conditions.push(searchCondition(query.search, query.searchType));
  return Prisma.join(conditions, " AND ");
}

/** A part of the title or the content, in any case. The trigram index answers it. */
function searchCondition(search: string, searchType: ArticleListQuery["searchType"]): Prisma.Sql {
  const pattern = `%${search.replace(/[\\%_]/g, "\\$&")}%`;
  if (searchType === "title") return Prisma.sql`a.title ILIKE ${pattern}`;
  if (searchType === "content") return Prisma.sql`a.content ILIKE ${pattern}`;
  return Prisma.sql`(a.title ILIKE ${pattern} OR a.content ILIKE ${pattern})`;
}

const columns = {
  id: Prisma.sql`a.id`,
  title: Prisma.sql`a.title`,
  category: Prisma.sql`a.category`,
  isPublished: Prisma.sql`a."isPublished"`,
  createdBy: Prisma.sql`a."createdBy"`,
  createdAt: Prisma.sql`a."createdAt"`,
  updatedAt: Prisma.sql`a."updatedAt"`,
};
