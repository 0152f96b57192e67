import type { Route } from "next";

/**
 * Adds a query to the path of a page, without the parameters that are empty.
 *
 * @param path a path that Next.js checks where it is written; a query does not change which page it is of.
 */
export function withQuery<Path extends string>(
  path: Route<Path>,
  query: Record<string, string | string[] | undefined>,
): Route {
  const given = Object.entries(query).flatMap(([name, value = ""]) =>
    [value].flat().flatMap((item) => (item === "" ? [] : [[name, item]])),
  );
  return (given.length > 0 ? `${path}?${new URLSearchParams(given)}` : path) as Route;
}
