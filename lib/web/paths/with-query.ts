import type { Route } from "next";

/**
 * Adds a query to the path of a page, without empty parameters.
 *
 * @param path is type-checked by Next.js at the call; a query does not change the page.
 */
export function withQuery<Path extends string>(
  path: Route<Path>,
  query: Record<string, string | string[] | undefined>,
): Route {
  const parameters = Object.entries(query).flatMap(([name, value = ""]) =>
    [value].flat().flatMap((item) => (item === "" ? [] : [[name, item]])),
  );
  return (parameters.length > 0 ? `${path}?${new URLSearchParams(parameters)}` : path) as Route;
}
