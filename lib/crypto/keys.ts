import "server-only";
import { hkdfSync } from "node:crypto";
import { env } from "@/lib/config/env";

/** The purposes of keys. The key of one purpose is useless for another. */
export type KeyPurpose =
  | "access-token"
  | "refresh-token"
  | "email-token"
  | "web-session"
  | "storage"
  | "oauth-flow" // part: social-sign-in
  | "sealed-cookie"
  | "preview-link"
  | "second-factor"
  | "backup-code"
  | "password-mark"
  | "log";

const derived = new Map<KeyPurpose, Buffer>();

/**
 * Derives the key for one purpose from `AUTH_SECRET`.
 *
 * @returns 32 bytes, always the same for the same secret and purpose.
 * @see RFC 5869
 */
export function keyFor(purpose: KeyPurpose): Buffer {
  let key = derived.get(purpose);
  if (!key) {
    key = Buffer.from(hkdfSync("sha256", env().AUTH_SECRET, "", `blog ${purpose}`, 32));
    derived.set(purpose, key);
  }
  return key;
}
