import type { Route } from "next";

/**
 * Where to go after signing in: a path of this site, never an address elsewhere.
 *
 * @param value whatever came along in the address or a form.
 * @param fallback a path to go to instead, or nothing.
 */
export function safeRedirectPath<Fallback extends Route | "">(
  value: unknown,
  fallback: Fallback,
): Route | Fallback {
  // Kept in cookies on the way, which a browser sends with every request.
  if (typeof value !== "string" || value.length > 2000 || !/^\/(?![/\\])[^\\\s]*$/.test(value))
    return fallback;
  const base = "http://own.invalid";
  if (!URL.canParse(value, base)) return fallback;
  const url = new URL(value, base);
  // Dots may still collapse into a double slash, which browsers take for another host.
  if (url.origin !== base || url.pathname.startsWith("//")) return fallback;
  // Next.js checks paths that the source contains. Whether a page is at one that a request contains, its router decides.
  return (url.pathname + url.search + url.hash) as Route;
}
