import { parseUrl } from "@/lib/runtime/parse-url";

/**
 * @param origin the site's own.
 * @returns whether a picture may be shown from an address: on this site only stored pictures and public files, so that
 *   no image of an article makes readers' browsers send any other request to it (CSRF).
 */
export function isPictureAddress(address: string, origin: string): boolean {
  const url = parseUrl(address, origin);
  return url !== null && (url.origin !== origin || isPicturePath(url.pathname));
}

/** @returns whether a path of this site is that of a stored picture or a public file. */
function isPicturePath(path: string): boolean {
  if (/^\/+api(\/|$)/i.test(path)) return /^\/api\/v1\/storage\/[0-9a-f]{32}$/.test(path);
  return /\.(avif|gif|jpe?g|png|svg|webp)$/i.test(path);
}
