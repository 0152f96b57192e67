import { notFound } from "next/navigation";
import { type ArticleListQuery, articleListQuery } from "@/lib/articles/contract";

export type SearchParams = Promise<Record<string, string | string[] | undefined>>;

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
