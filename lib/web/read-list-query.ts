import { notFound } from "next/navigation";
import type { z } from "zod";
import { type ArticleListQuery, articleListQuery } from "@/lib/articles/contract";

export type SearchParams = Promise<Record<string, string | string[] | undefined>>;

/** @returns the query of a page, parsed by its schema. An invalid query shows the not-found page. */
export function readQuery<Schema extends z.ZodType>(schema: Schema, query: unknown): z.output<Schema> {
  const result = schema.safeParse(query);
  return result.success ? result.data : notFound();
}

type Options = Partial<Pick<ArticleListQuery, "sortBy" | "andFilters">>;

/** Reads the page number of a list from the query of a page. An invalid number shows the not-found page. */
export async function readListQuery(
  searchParams: SearchParams,
  options?: Options,
): Promise<ArticleListQuery> {
  const { page } = await searchParams;
  return listQueryOf({ page }, options);
}

/** The same for a list that can be searched, with its search. */
export async function readSearchQuery(
  searchParams: SearchParams,
  options?: Options,
): Promise<ArticleListQuery> {
  const { page, search } = await searchParams;
  return listQueryOf({ page, search }, options);
}

function listQueryOf(query: object, { sortBy, andFilters = [] }: Options = {}): ArticleListQuery {
  return { ...readQuery(articleListQuery, { ...query, sortBy }), andFilters };
}
