import "server-only";
import { createHash } from "node:crypto";

/** @returns what the database keeps of a secret. It is random enough that a plain hash cannot be guessed back. */
export function hashSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("base64url");
}
