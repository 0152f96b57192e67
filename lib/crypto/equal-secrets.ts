import "server-only";
import { timingSafeEqual } from "node:crypto";

/** @returns whether two secrets are the same, in constant time, so that none can be guessed letter by letter. */
export function equalSecrets(given: string, expected: string): boolean {
  const givenBytes = Buffer.from(given);
  const expectedBytes = Buffer.from(expected);
  return givenBytes.length === expectedBytes.length && timingSafeEqual(givenBytes, expectedBytes);
}
