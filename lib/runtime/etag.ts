import "server-only";
import { createHash } from "node:crypto";

/** @returns the `ETag` of a document, from its bytes. */
export function etagOf(body: string | Uint8Array): string {
  return `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
}

/**
 * @returns whether the client has this version already, so that the response is 304.
 * @see RFC 9110, section 13.1.2: the comparison is weak
 */
export function isUnchanged({ headers }: Request, etag: string): boolean {
  const known = headers.get("if-none-match")?.split(/,\s*/) ?? [];
  return known.some((tag) => opaqueTagOf(tag) === opaqueTagOf(etag));
}

function opaqueTagOf(etag: string): string {
  return etag.replace(/^W\//, "");
}
