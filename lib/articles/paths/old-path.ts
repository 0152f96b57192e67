import { isStorableText } from "@/lib/core/contract";
import { normalizeText } from "@/lib/runtime/normalize-text";
import { parseUrl } from "@/lib/runtime/parse-url";

/** In UTF-16 units: longer than any path of a blog. */
const maxLength = 1000;

/**
 * Normalizes an address of the blog that an article was imported from, so that all its spellings are equal: encoded or
 * not, with or without a trailing slash, in any case.
 *
 * @param address a path or an absolute address; its query does not count.
 * @returns a decoded path such as `/2024/01/02/hello.html`; null for the home page and for text that is not an address.
 */
export function normalizeOldPath(address: string): string | null {
  const decoded = decode(parseUrl(address, "http://localhost")?.pathname ?? "");
  if (decoded === null) return null;
  const path = normalizeText(decoded)
    .toLowerCase()
    .replace(/\/index\.html?$/, "/")
    .replace(/\/{2,}/g, "/")
    .replace(/\/$/, "");
  return path && path.length <= maxLength && isStorableText(path) ? path : null;
}

function decode(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}
