import "server-only";
import { env } from "@/lib/config/env";
import { isStorableText } from "@/lib/core/contract";
import { once } from "@/lib/runtime/once";
import { runHashJob } from "./hash-pool";
import { maxPasswordBytes } from "./password-policy";

/**
 * Hashes a password with bcrypt, off the event loop, in Unicode NFC, since keyboards differ in what they send.
 *
 * @throws AppError `common/unavailable` (503) when too many hashes wait.
 */
export async function hashPassword(password: string): Promise<string> {
  return runHashJob({ kind: "hash", password: password.normalize("NFC"), cost: env().BCRYPT_COST });
}

/**
 * Compares a password with a hash, first in NFC, then as it was sent, since older hashes were made of that.
 *
 * @param hash null where there is no user or no password: the answer is false then, and costs as many hashes
 *   as a wrong password, so that time does not tell who has an account.
 * @throws AppError `common/unavailable` (503) when too many hashes wait.
 */
export async function verifyPassword(password: string, hash: string | null): Promise<boolean> {
  const composed = password.normalize("NFC");
  if (await matches(composed, hash)) return true;
  return composed !== password && matches(password, hash);
}

async function matches(password: string, hash: string | null): Promise<boolean> {
  const isEqual = await runHashJob({ kind: "compare", password, hash: hash ?? (await decoyHash()) });
  // bcrypt ignores what comes after 72 bytes and repeats a key over NUL: neither may pass for the password.
  const isComparable = Buffer.byteLength(password) <= maxPasswordBytes && isStorableText(password);
  return isEqual && isComparable && hash !== null;
}

/** The hash of an unknown password, at the cost of the real ones. */
const decoyHash = once(() => hashPassword(crypto.randomUUID()));
