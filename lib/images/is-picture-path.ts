/**
 * @param origin the site's own.
 * @returns whether a picture may be shown from an address: on this site only where stored pictures or public files are,
 *   so that no image of an article makes its readers' browsers request anything else here.
 */
export function isPictureAddress(address: string, origin: string): boolean {
  if (!URL.canParse(address, origin)) return false;
  const url = new URL(address, origin);
  return url.origin !== origin || isPicturePath(url.pathname);
}

/** @returns whether stored pictures or public files are at a path of this site. */
function isPicturePath(path: string): boolean {
  if (/^\/+api(\/|$)/i.test(path)) return /^\/api\/v1\/storage\/[0-9a-f]{32}$/.test(path);
  return /\.(avif|gif|jpe?g|png|svg|webp)$/i.test(path);
}
