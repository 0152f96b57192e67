import "server-only";
import { seal, unseal } from "@/lib/crypto/seal";

/** Encrypts the token of a queued email: the email contains it in plain text, but the database must not. */
export function sealToken(token: string): string {
  return seal("email-token", token);
}

/**
 * @returns the token that was sealed.
 * @throws if it was sealed under another `AUTH_SECRET` or was altered.
 */
export function openToken(sealedToken: string): string {
  return unseal("email-token", sealedToken);
}
