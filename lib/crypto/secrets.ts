import "server-only";
import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { type KeyPurpose, keyFor } from "./keys";

/** @returns 256 random bits as base64url: a token for a link or a flow. */
export function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** @returns the hash of a secret for the database. Secrets are random enough that a plain hash cannot be reversed. */
export function hashSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("base64url");
}

/** @returns the HMAC of a text as base64url, under a key for one purpose. */
export function macOf(purpose: KeyPurpose, text: string): string {
  return createHmac("sha256", keyFor(purpose)).update(text).digest("base64url");
}

/** Compares two secrets in constant time, so that timing does not reveal one character by character. */
export function equalSecrets(given: string, expected: string): boolean {
  const givenBytes = Buffer.from(given);
  const expectedBytes = Buffer.from(expected);
  return givenBytes.length === expectedBytes.length && timingSafeEqual(givenBytes, expectedBytes);
}
