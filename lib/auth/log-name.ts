import "server-only";
import { createHmac } from "node:crypto";
import { keyFor } from "@/lib/crypto/keys";

/**
 * Names an email address in the log without writing it down, so that an attack on one that has no account can be
 * seen.
 *
 * @returns the same for the same address, and without `AUTH_SECRET` nothing that could be guessed back.
 */
export function logNameOf(email: string): string {
  return `unknown:${createHmac("sha256", keyFor("log")).update(email).digest("base64url").slice(0, 16)}`;
}
