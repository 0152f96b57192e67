import "server-only";
import type { Actor } from "@/lib/access/actor";
import { Prisma } from "@/lib/core/db";
import { VersionedCache } from "@/lib/core/versioned-cache";
import type { Condition } from "@/lib/lists/filters";
import { conditionsOf, escapePattern, orderOf, readPage } from "@/lib/lists/list-queries";
import type { Page } from "@/lib/lists/pagination";
import { searchInTurn } from "@/lib/lists/search-turns";
import { articleColumns, articleFrom, fieldColumns, visibleTo } from "./article-rows";
import { type Article, type ArticleListQuery, articleFields } from "./contract";
import { derivedFrom } from "./description";
import { isPublicColumn, isPublicSql, publicCountSql } from "./public-articles";

/** An article of a list: the selected fields, and those that are always returned. */
export type ListedArticle = Partial<Article> & Pick<Article, "id" | "createdBy" | "createdAt" | "updatedAt">;

/**
 * Lists the articles that a reader may see: those that are public, and their own drafts and scheduled articles.
 *
 * @returns a page of them, newest first by default.
 * @see bkend: data, list
 */
export async function listArticles(query: ArticleListQuery, actor: Actor): Promise<Page<ListedArticle>> {
  if (query.search === "") return readArticles(query, actor);
  // A search costs far more than a list, so only a few run at a time, and the results of guests are cached.
  const search = () => searchInTurn(() => readArticles(query, actor));
  if (actor.userId !== null || actor.isAdmin) return search();
  const key = JSON.stringify(query);
  const { version, value } = await searches.find(key);
  return value ?? (await searches.make(key, version, search)) ?? search();
}

/** The search results of guests. */
const searches = new VersionedCache<Page<ListedArticle>>({
  maxSize: 4_000_000,
  sizeOf: ({ items }) => items.reduce((sum, { content = "" }) => sum + 2 * content.length + 1000, 1000),
});

async function readArticles(query: ArticleListQuery, actor: Actor): Promise<Page<ListedArticle>> {
  const parts = {
    columns: articleColumns(query.select),
    from: articleFrom(query.select),
    ...conditionsAndOrder(query, actor),
  };
  return readPage<ListedArticle>(parts, query);
}

function conditionsAndOrder(query: Omit<ArticleListQuery, "select">, actor: Actor) {
  return {
    where: whereOf(query, actor),
    orderBy: orderBy(query, actor),
    ...(isUnfiltered(query) && { total: countedTotal(query, actor) }),
  };
}

/** By `publishedAt`, drafts come last in both directions, also those that were published before. */
function orderBy(query: Omit<ArticleListQuery, "select">, actor: Actor): Prisma.Sql {
  const order = orderOf(query, fieldColumns, { nullsLast: ["publishedAt"] });
  // An index has the order of a list without drafts: another column at its front would rule it out.
  const hasDrafts =
    (actor.userId !== null || actor.isAdmin) && !query.andFilters.flat().some(isPublishedCondition);
  return query.sortBy === "publishedAt" && hasDrafts
    ? Prisma.sql`${fieldColumns.isPublished} DESC, ${order}`
    : order;
}

/** An article in the list of a page: without its content. */
export type ArticleSummary = Omit<Article, "content" | "excerpt" | "tags"> & {
  /** The author's excerpt, or the start of the text. */
  description: string;
  readingMinutes: number;
  isPublic: boolean;
};

type SummaryRow = Omit<Article, "content" | "tags"> & {
  isPublic: boolean;
  summary: string | null;
  readingMinutes: number | null;
  /** Read only for a row without the derived columns: an old one, or one written by SQL. */
  content: string | null;
};

const summaryFields = articleFields.filter((field) => field !== "content" && field !== "tags");

/** Lists the same articles for a page, by the columns that were derived from each text when it was saved. */
export async function listArticleSummaries(
  query: Omit<ArticleListQuery, "select">,
  actor: Actor,
): Promise<Page<ArticleSummary>> {
  return readSummaries(conditionsAndOrder(query, actor), query);
}

/**
 * Finds public articles that contain all words of a search: each word as a prefix, and one with Hangul or other letters
 * beyond ASCII as any part. It uses an index of words and does not read the texts.
 *
 * @returns a page of them: those with the words in their title first, then by date, newest first.
 */
export async function searchArticles(
  query: Pick<ArticleListQuery, "search" | "page" | "limit">,
): Promise<Page<ArticleSummary>> {
  const key = JSON.stringify([query.search, query.page, query.limit]);
  const { version, value } = await wordSearches.find(key);
  const search = () => readSearch(query);
  return value ?? (await wordSearches.make(key, version, search)) ?? search();
}

/** The results of word searches, which are the same for every reader. */
const wordSearches = new VersionedCache<Page<ArticleSummary>>({
  maxSize: 4_000_000,
  sizeOf: ({ items }) => items.reduce((sum, { description }) => sum + 2 * description.length + 1000, 1000),
});

async function readSearch(
  query: Pick<ArticleListQuery, "search" | "page" | "limit">,
): Promise<Page<ArticleSummary>> {
  const patterns = query.search.split(/\s+/).map((word) => `%${escapePattern(word)}%`);
  return readSummaries(
    {
      where: Prisma.sql`${isPublicSql}
        AND array_to_tsvector(search_terms(a.title || ' ' || a.content)) @@ search_query(${query.search})`,
      orderBy: Prisma.sql`a.title ILIKE ALL (${patterns}::text[]) DESC, a."publishedAt" DESC NULLS LAST, a.id DESC`,
    },
    query,
  );
}

async function readSummaries(
  parts: Pick<Parameters<typeof readPage>[0], "where" | "orderBy" | "total">,
  query: Pick<ArticleListQuery, "page" | "limit">,
): Promise<Page<ArticleSummary>> {
  const columns = Prisma.sql`${articleColumns(summaryFields)}, ${isPublicColumn}, a.summary, a."readingMinutes",
                             CASE WHEN a.summary IS NULL OR a."readingMinutes" IS NULL THEN a.content END AS content`;
  const { items, pagination } = await readPage<SummaryRow>({ columns, from: articleFrom(), ...parts }, query);
  return { items: items.map(toSummary), pagination };
}

function toSummary({ content, summary, readingMinutes, excerpt, ...row }: SummaryRow): ArticleSummary {
  const derived = derivedFrom(content ?? "");
  return {
    ...row,
    description: excerpt ?? summary ?? derived.summary,
    readingMinutes: readingMinutes ?? derived.readingMinutes,
  };
}

/**
 * The total of the lists that are requested most. A trigger on the table keeps the count; counting the rows of a large
 * table would cost far more than the page itself.
 */
function countedTotal({ andFilters }: Pick<ArticleListQuery, "andFilters">, actor: Actor): Prisma.Sql {
  const isPublishedOnly = andFilters.length > 0;
  if (actor.isAdmin && !isPublishedOnly) {
    return Prisma.sql`SELECT coalesce(sum(total), 0) FROM "ArticleCount"`;
  }
  if (actor.isAdmin) return Prisma.sql`SELECT coalesce(sum(published), 0) FROM "ArticleCount"`;
  if (actor.userId === null) return Prisma.sql`SELECT ${publicCountSql}`;
  const ownHidden = Prisma.sql`
    SELECT count(*) FROM "Article" a WHERE a."createdBy" = ${actor.userId} AND NOT ${isPublicSql}`;
  return isPublishedOnly
    ? Prisma.sql`SELECT ${publicCountSql} + (${ownHidden} AND a."isPublished")`
    : Prisma.sql`SELECT ${publicCountSql} + (${ownHidden})`;
}

/** The only filter, if any, is that articles are published. */
function isUnfiltered({ search, andFilters, orFilters }: Omit<ArticleListQuery, "select">): boolean {
  if (search !== "" || orFilters.length > 0) return false;
  return andFilters.flat().every(isPublishedCondition);
}

function isPublishedCondition({ field, operator, value }: Condition<string>): boolean {
  return field === "isPublished" && operator === "$eq" && value === true;
}

function whereOf(query: Omit<ArticleListQuery, "select">, actor: Actor): Prisma.Sql {
  const conditions = [
    visibleTo(actor),
    ...conditionsOf(query, { ...fieldColumns, tags: { list: fieldColumns.tags } }),
  ];
  if (query.search !== "") conditions.push(searchCondition(query.search, query.searchType));
  return Prisma.join(conditions, " AND ");
}

/** Matches part of the title or the content, ignoring case, by the trigram index. */
function searchCondition(search: string, searchType: ArticleListQuery["searchType"]): Prisma.Sql {
  const pattern = `%${escapePattern(search)}%`;
  if (searchType === "title") return Prisma.sql`a.title ILIKE ${pattern}`;
  if (searchType === "content") return Prisma.sql`a.content ILIKE ${pattern}`;
  return Prisma.sql`(a.title ILIKE ${pattern} OR a.content ILIKE ${pattern})`;
}
