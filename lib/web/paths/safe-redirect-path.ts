import type { Route } from "next";

/**
 * Validates the redirect target after signing in: a path of this site, never another site (open redirect).
 *
 * @param value untrusted, from the query or a form.
 * @param fallback the path to return for an invalid value, or an empty string.
 */
export function safeRedirectPath<Fallback extends Route | "">(
  value: unknown,
  fallback: Fallback,
): Route | Fallback {
  // The length is limited since the path is kept in cookies, which a browser sends with every request.
  if (typeof value !== "string" || value.length > 2000 || !/^\/(?![/\\])[^\\\s]*$/.test(value))
    return fallback;
  const base = "http://own.invalid";
  if (!URL.canParse(value, base)) return fallback;
  const url = new URL(value, base);
  // Dots may still collapse into a double slash, after which browsers expect another host.
  if (url.origin !== base || url.pathname.startsWith("//")) return fallback;
  // Next.js type-checks paths in the source. At run time its router decides whether a path has a page.
  return (url.pathname + url.search + url.hash) as Route;
}
