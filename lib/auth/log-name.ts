import "server-only";
import { macOf } from "@/lib/crypto/secrets";

/**
 * Names an email address in the log without writing it down, so that an attack on one that has no account can be
 * seen.
 *
 * @returns the same for the same address, and without `AUTH_SECRET` nothing that could be guessed back.
 */
export function logNameOf(email: string): string {
  return `unknown:${macOf("log", email).slice(0, 16)}`;
}
