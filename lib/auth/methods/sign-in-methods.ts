import "server-only";
import { env } from "@/lib/config/env";
import { db, type Transaction } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { socialProviders } from "@/lib/social-providers/social-providers";

/**
 * Counts by how many methods a user can sign in: the password, each linked account, each passkey, and a verified
 * address while links are mailed.
 */
async function countSignInMethods(userId: string, tx: Transaction): Promise<number> {
  const { passwordHash, emailVerified, _count } = await tx.user.findUniqueOrThrow({
    where: { id: userId },
    select: {
      passwordHash: true,
      emailVerified: true,
      _count: {
        select: {
          passkeys: true,
          // part: social-sign-in
          // A provider that is no longer configured is not a sign-in method.
          accounts: { where: { provider: { in: [...socialProviders] } } },
          // end of part: social-sign-in
        },
      },
    },
  });
  const isMailed = env().MAGIC_LINK && emailVerified !== null;
  const counts = Object.values(_count);
  return counts.reduce((sum, count) => sum + count, (passwordHash === null ? 0 : 1) + (isMailed ? 1 : 0));
}

/**
 * Makes sure that a user who loses a sign-in method has another. The caller locks the user first, since two concurrent
 * removals would each count the other's method.
 *
 * @throws AppError `auth/cannot-unlink-last-account` (400).
 */
export async function requireAnotherSignInMethod(userId: string, tx: Transaction): Promise<void> {
  if ((await countSignInMethods(userId, tx)) < 2) throw new AppError("auth/cannot-unlink-last-account");
}

/** @returns whether a user has only one method left, which pages do not offer to remove. */
export async function hasOneSignInMethod(userId: string): Promise<boolean> {
  return (await countSignInMethods(userId, db)) === 1;
}
