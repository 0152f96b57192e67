import "server-only";
import { createHmac, timingSafeEqual } from "node:crypto";
import { keyFor } from "@/lib/crypto/keys";

/** The claims of a refresh token: the session, and how often it had been refreshed when the token was issued. */
export type RefreshClaims = { sessionId: string; counter: number };

const prefix = "rt_";
const version = 1;
const macBytes = 32;
/** Version, session id, counter. */
const claimBytes = 1 + 16 + 4;

/**
 * Builds the refresh token of a session at a counter. The same claims make the same token, so the database stores
 * nothing that could be used as a token, and a lost response can be repeated.
 *
 * @returns `rt_` and base64url of version, session id, counter and a MAC over them.
 */
export function issueRefreshToken({ sessionId, counter }: RefreshClaims): string {
  const claims = Buffer.alloc(claimBytes);
  claims.writeUInt8(version, 0);
  claims.write(sessionId.replaceAll("-", ""), 1, "hex");
  claims.writeUInt32BE(counter, 17);
  return prefix + Buffer.concat([claims, macOf(claims)]).toString("base64url");
}

/** @returns the claims of a refresh token, or null for one that was not issued here. */
export function readRefreshToken(token: string): RefreshClaims | null {
  if (!token.startsWith(prefix)) return null;
  const text = token.slice(prefix.length);
  const bytes = Buffer.from(text, "base64url");
  // Compared as text: base64 has several encodings of the same bytes, and only one is valid.
  if (bytes.length !== claimBytes + macBytes || bytes.toString("base64url") !== text) return null;

  const claims = bytes.subarray(0, claimBytes);
  if (!timingSafeEqual(macOf(claims), bytes.subarray(claimBytes)) || claims.readUInt8(0) !== version)
    return null;

  const id = claims.toString("hex", 1, 17);
  return {
    sessionId: id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5"),
    counter: claims.readUInt32BE(17),
  };
}

function macOf(claims: Buffer): Buffer {
  return createHmac("sha256", keyFor("refresh-token")).update(claims).digest();
}
