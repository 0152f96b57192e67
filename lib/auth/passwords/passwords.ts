import "server-only";
import { env } from "@/lib/config/env";
import { isStorableText } from "@/lib/core/contract";
import { normalizeText } from "@/lib/runtime/normalize-text";
import { once } from "@/lib/runtime/once";
import { runHashJob } from "./hash-pool";
import { maxPasswordBytes } from "./password-policy";

/**
 * Hashes a password with bcrypt, off the event loop, in Unicode NFC, since keyboards compose characters differently.
 *
 * @throws AppError `common/unavailable` (503) when too many hashes wait.
 */
export async function hashPassword(password: string): Promise<string> {
  return runHashJob({ kind: "hash", password: normalizeText(password), cost: env().BCRYPT_COST });
}

/**
 * Compares a password with a hash, first in NFC, then as it was sent, since older hashes were made of that.
 *
 * @param hash null without a user or a password: the result is then false, and costs as many hashes as a wrong
 *   password, so that timing does not reveal who has an account.
 * @throws AppError `common/unavailable` (503) when too many hashes wait.
 */
export async function verifyPassword(password: string, hash: string | null): Promise<boolean> {
  const composed = normalizeText(password);
  if (await matches(composed, hash)) return true;
  return composed !== password && matches(password, hash);
}

async function matches(password: string, hash: string | null): Promise<boolean> {
  const isEqual = await runHashJob({ kind: "compare", password, hash: hash ?? (await decoyHash()) });
  // bcrypt ignores bytes beyond 72 and repeats a key over NUL: neither may match the password.
  const isComparable = Buffer.byteLength(password) <= maxPasswordBytes && isStorableText(password);
  return isEqual && isComparable && hash !== null;
}

/** The hash of an unknown password, at the cost of the real ones. */
const decoyHash = once(() => hashPassword(crypto.randomUUID()));
