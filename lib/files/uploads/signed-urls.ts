import "server-only";
import { env } from "@/lib/config/env";
import { equalSecrets, macOf } from "@/lib/crypto/secrets";
import { imagePathOf } from "@/lib/images/image-path";

/** The query of a signed URL. */
export type Signature = { expires?: string | undefined; signature?: string | undefined };

/** The lifetime of a signed URL to upload or read a private image. */
const lifetimeMs = 15 * 60 * 1000;

/** @returns the expiry of a URL that is signed now. */
export function newExpiry(): Date {
  // In whole seconds, as in the URL.
  return new Date(Math.floor((Date.now() + lifetimeMs) / 1000) * 1000);
}

/** @returns a URL of this site that allows one action on one file until then. */
export function signUrl(method: "GET" | "PUT", key: string, expiresAt: Date): string {
  const expires = String(expiresAt.getTime() / 1000);
  const query = new URLSearchParams({ expires, signature: signatureOf(method, key, expires) });
  return `${env().APP_URL}${imagePathOf(key)}?${query}`;
}

/** @returns whether a URL was signed for the action and has not expired. */
export function isSignatureValid(
  method: "GET" | "PUT",
  key: string,
  { expires = "", signature = "" }: Signature,
): boolean {
  return equalSecrets(signature, signatureOf(method, key, expires)) && Number(expires) * 1000 > Date.now();
}

function signatureOf(method: string, key: string, expires: string): string {
  return macOf("storage", `${method}\n${key}\n${expires}`);
}
