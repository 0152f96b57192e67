import "server-only";
import { seal, unseal } from "@/lib/crypto/seal";

/** Encrypts the token of a queued mail: it is sent in clear, but the database must not contain it in clear. */
export function sealToken(token: string): string {
  return seal("email-token", token);
}

/**
 * @returns the token that was sealed.
 * @throws when it was sealed under another `AUTH_SECRET` or was altered.
 */
export function openToken(sealedToken: string): string {
  return unseal("email-token", sealedToken);
}
