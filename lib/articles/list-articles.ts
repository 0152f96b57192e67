import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { Prisma, query as runSql } from "@/lib/db";
import { type Page, paginate } from "@/lib/http/pagination";
import { type ArticleRow, articleColumns, articleFrom, toListedArticle, visibleTo } from "./article-rows";
import type { Article, ArticleListQuery } from "./contract";
import type { Condition, FieldFilter } from "./filters";

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
  const where = conditionsOf(query, actor);
  const [rows, total] = await Promise.all([
    runSql<ListedRow>(Prisma.sql`
      SELECT ${articleColumns(query.select)}
        FROM ${articleFrom(query.select)}
       WHERE ${where}
       ORDER BY ${orderOf(query)}
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

function conditionsOf(
  { search, searchType, andFilters, orFilters }: ArticleListQuery,
  actor: Actor,
): Prisma.Sql {
  const conditions = [visibleTo(actor), ...andFilters.map(testsOf)];
  if (orFilters.length > 0) conditions.push(Prisma.sql`(${Prisma.join(orFilters.map(testsOf), " OR ")})`);
  if (search !== "") conditions.push(searchCondition(search, searchType));
  return Prisma.join(conditions, " AND ");
}

/** A part of the title or the content, in any case. The trigram index answers it. */
function searchCondition(search: string, searchType: ArticleListQuery["searchType"]): Prisma.Sql {
  const pattern = `%${search.replace(/[\\%_]/g, "\\$&")}%`;
  if (searchType === "title") return Prisma.sql`a.title ILIKE ${pattern}`;
  if (searchType === "content") return Prisma.sql`a.content ILIKE ${pattern}`;
  return Prisma.sql`(a.title ILIKE ${pattern} OR a.content ILIKE ${pattern})`;
}

function testsOf(filter: FieldFilter): Prisma.Sql {
  return Prisma.sql`(${Prisma.join(filter.map(testOf), " AND ")})`;
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

function testOf({ field, operator, value }: Condition): Prisma.Sql {
  // No article carries a tag yet.
  const column = field === "tags" ? Prisma.sql`NULL::text` : columns[field];
  switch (operator) {
    case "$eq":
      return value === null ? Prisma.sql`${column} IS NULL` : Prisma.sql`${column} = ${value}`;
    case "$ne":
      return value === null
        ? Prisma.sql`${column} IS NOT NULL`
        : Prisma.sql`${column} IS DISTINCT FROM ${value}`;
    case "$gt":
      return Prisma.sql`${column} > ${value}`;
    case "$gte":
      return Prisma.sql`${column} >= ${value}`;
    case "$lt":
      return Prisma.sql`${column} < ${value}`;
    case "$lte":
      return Prisma.sql`${column} <= ${value}`;
    case "$exists":
      return value === true ? Prisma.sql`${column} IS NOT NULL` : Prisma.sql`${column} IS NULL`;
    case "$in":
      return anyOf(column, listOf(value));
    case "$nin":
      return Prisma.sql`(${anyOf(column, listOf(value))}) IS NOT TRUE`;
  }
}

function anyOf(column: Prisma.Sql, values: unknown[]): Prisma.Sql {
  const present = values.filter((value) => value !== null);
  const test = present.length > 0 ? Prisma.sql`${column} IN (${Prisma.join(present)})` : Prisma.sql`FALSE`;
  return values.length > present.length ? Prisma.sql`(${test} OR ${column} IS NULL)` : test;
}

function listOf(value: Condition["value"]): unknown[] {
  return Array.isArray(value) ? value : [value];
}

/** Ties are broken by id, so that pages never overlap. */
function orderOf({ sortBy, sortDirection }: ArticleListQuery): Prisma.Sql {
  const direction = sortDirection === "asc" ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  return Prisma.sql`${columns[sortBy]} ${direction}, a.id ${direction}`;
}
