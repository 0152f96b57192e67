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
 * Reads which page of a list an address names, and what it searches for. A page that makes no sense is one that
 * does not exist.
 *
 * @param rest what else the list asks for, as the API would be asked.
 */
export async function readListQuery(
  searchParams: SearchParams,
  rest: { andFilters?: string; sortBy?: string } = {},
): Promise<ArticleListQuery> {
  const { page, search } = await searchParams;
  const result = articleListQuery.safeParse({ page, search, ...rest });
  return result.success ? result.data : notFound();
}
