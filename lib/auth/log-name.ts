import "server-only";
import { macOf } from "@/lib/crypto/secrets";

/**
 * Names an email address in the log without revealing it, so that an attack on an address without an account is
 * visible.
 *
 * @returns a keyed hash: the same for the same address, and not guessable without `AUTH_SECRET`.
 */
export function logNameOf(email: string): string {
  return `unknown:${macOf("log", email).slice(0, 16)}`;
}
