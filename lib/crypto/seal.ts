import "server-only";
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { type KeyPurpose, keyFor } from "./keys";

const ivBytes = 12;
const tagBytes = 16;

/**
 * Encrypts a secret for the database that the server has to read again.
 *
 * @param context the owner of the secret, such as a user's id: decryption fails with another one.
 * @returns base64url of nonce, AES-256-GCM ciphertext and tag.
 */
export function seal(purpose: KeyPurpose, text: string, context = ""): string {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv("aes-256-gcm", keyFor(purpose), iv).setAAD(Buffer.from(context));
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([iv, sealed, cipher.getAuthTag()]).toString("base64url");
}

/**
 * @returns the plaintext.
 * @throws when it was sealed with another `AUTH_SECRET` or context, or was altered.
 */
export function unseal(purpose: KeyPurpose, sealed: string, context = ""): string {
  const bytes = Buffer.from(sealed, "base64url");
  const decipher = createDecipheriv("aes-256-gcm", keyFor(purpose), bytes.subarray(0, ivBytes));
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(bytes.subarray(-tagBytes));
  return Buffer.concat([decipher.update(bytes.subarray(ivBytes, -tagBytes)), decipher.final()]).toString(
    "utf8",
  );
}
