import "server-only";
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { keyFor } from "@/lib/crypto/keys";

const ivBytes = 12;
const tagBytes = 16;

/**
 * Encrypts the token of a mail that waits: it has to be sent in clear, but must not stand so in the database.
 *
 * @returns base64url of nonce, AES-256-GCM text and tag.
 */
export function sealToken(token: string): string {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv("aes-256-gcm", keyFor("email-token"), iv);
  const sealed = Buffer.concat([cipher.update(token, "utf8"), cipher.final()]);
  return Buffer.concat([iv, sealed, cipher.getAuthTag()]).toString("base64url");
}

/**
 * @returns the token that was sealed.
 * @throws when it was sealed under another `AUTH_SECRET` or was altered.
 */
export function openToken(sealedToken: string): string {
  const bytes = Buffer.from(sealedToken, "base64url");
  const decipher = createDecipheriv("aes-256-gcm", keyFor("email-token"), bytes.subarray(0, ivBytes));
  decipher.setAuthTag(bytes.subarray(-tagBytes));
  return Buffer.concat([decipher.update(bytes.subarray(ivBytes, -tagBytes)), decipher.final()]).toString(
    "utf8",
  );
}
