/**
 * Tells whether a request may be for a page that its user opens, for a `GET` that acts: a browser that loads it as an
 * image of some article, by a script, in a frame, or ahead of a click that may never come says so itself. Programs and
 * older browsers send none of these headers.
 *
 * @see https://www.w3.org/TR/fetch-metadata/
 */
export function isNavigation(headers: Headers): boolean {
  const destination = headers.get("sec-fetch-dest") ?? "document";
  const isPrefetch = /\bprefetch\b/.test(headers.get("sec-purpose") ?? "");
  return destination === "document" && !isPrefetch;
}
