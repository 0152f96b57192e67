import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { Prisma } from "@/lib/db";
import type { Page } from "@/lib/http/pagination";
import { conditionsOf, orderOf, readPage } from "@/lib/list-queries";
import { type ArticleRow, articleColumns, articleFrom, toListedArticle, visibleTo } from "./article-rows";
import type { Article, ArticleListQuery } from "./contract";
import { searchInTurn } from "./search-turns";

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
  const read = () =>
    readPage<ListedRow>(
      {
        columns: articleColumns(query.select),
        from: articleFrom(query.select),
        where: whereOf(query, actor),
        orderBy: orderOf(query, columns),
        ...(isUnfiltered(query) && { total: countedTotal(query, actor) }),
      },
      query,
    );
  const { items, pagination } = await (query.search === "" ? read() : searchInTurn(read));
  return { items: items.map(toListedArticle), pagination };
}

/**
 * How many articles the lists hold that everybody opens. The trigger on the table has counted them already; walking
 * a large table would cost far more than the page itself.
 */
function countedTotal({ andFilters }: ArticleListQuery, actor: Actor): Prisma.Sql {
  const isPublishedOnly = andFilters.length > 0;
  if (actor.isAdmin && !isPublishedOnly) {
    return Prisma.sql`SELECT coalesce(sum(total), 0) FROM "ArticleCount"`;
  }
  if (actor.userId === null || isPublishedOnly) {
    return Prisma.sql`SELECT coalesce(sum(published), 0) FROM "ArticleCount"`;
  }
  return Prisma.sql`
    SELECT coalesce(sum(published), 0)
           + (SELECT count(*) FROM "Article" WHERE "createdBy" = ${actor.userId} AND NOT "isPublished")
      FROM "ArticleCount"`;
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
