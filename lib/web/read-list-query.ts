import { notFound } from "next/navigation";
import type { z } from "zod";
import { type ArticleListQuery, articleListQuery } from "@/lib/articles/contract";

export type SearchParams = Promise<Record<string, string | string[] | undefined>>;

/** @returns the query of a page by its schema. One that is not valid is a page that does not exist. */
export function readQuery<Schema extends z.ZodType>(schema: Schema, query: unknown): z.output<Schema> {
  const result = schema.safeParse(query);
  return result.success ? result.data : notFound();
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
  return { ...readQuery(articleListQuery, { page, search, sortBy }), andFilters };
}
