/**
 * Whether a request may be a navigation by its user, for a `GET` with side effects. Browsers mark requests for images,
 * scripts, frames and prefetches in headers; programs and older browsers send none of these headers.
 *
 * @see https://www.w3.org/TR/fetch-metadata/
 */
export function isNavigation(headers: Headers): boolean {
  const destination = headers.get("sec-fetch-dest") ?? "document";
  const isPrefetch = /\bprefetch\b/.test(headers.get("sec-purpose") ?? "");
  return destination === "document" && !isPrefetch;
}

/** Whether a page of another site, also of a sibling subdomain, has triggered a request: by a link, for example. */
export function isFromOtherSite(headers: Headers): boolean {
  return ["cross-site", "same-site"].includes(headers.get("sec-fetch-site") ?? "none");
}
