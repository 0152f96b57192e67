import type { Route } from "next";
import { redirect } from "next/navigation";
import type { Pagination } from "@/lib/lists/pagination";
import { withQuery } from "./with-query";

type Query = Record<string, string>;

/** @returns the path of a page of a list. The first page has no number. */
export function listPagePath<Path extends string>(path: Route<Path>, page: number, query: Query = {}): Route {
  return withQuery(path, { ...query, page: page === 1 ? "" : String(page) });
}

/**
 * Redirects from a page after the last one to the last one. For lists that their reader shortens, such as by removing
 * the only item of the last page; public lists respond with 404.
 */
export function redirectToLastPage<Path extends string>(
  path: Route<Path>,
  { page, totalPages }: Pagination,
  query?: Query,
): void {
  const lastPage = Math.max(totalPages, 1);
  if (page > lastPage) redirect(listPagePath(path, lastPage, query));
}
