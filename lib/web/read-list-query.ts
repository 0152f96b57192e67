import { notFound } from "next/navigation";
import { type ArticleListQuery, articleListQuery } from "@/lib/articles/contract";

export type SearchParams = Promise<Record<string, string | string[] | undefined>>;

/** @returns the path with the query of the present address, for a redirect to where a page is now. */
export function withQuery(path: string, searchParams: Awaited<SearchParams>): string {
  const query = new URLSearchParams(
    Object.entries(searchParams).flatMap(([name, value = []]) =>
      [value].flat().map((item): [string, string] => [name, item]),
    ),
  );
  return query.size > 0 ? `${path}?${query}` : path;
}

/**
 * Reads the page number and the search of a list from the query of a page. An invalid number is a page that does not
 * exist.
 */
export async function readListQuery(
  searchParams: SearchParams,
  { sortBy, andFilters = [] }: Partial<Pick<ArticleListQuery, "sortBy" | "andFilters">> = {},
): Promise<ArticleListQuery> {
  const { page, search } = await searchParams;
  const result = articleListQuery.safeParse({ page, search, sortBy });
  return result.success ? { ...result.data, andFilters } : notFound();
}
