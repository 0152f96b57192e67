import "server-only";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";

/**
 * Looks up whose a linked account is.
 *
 * @throws AppError `auth/invalid-oauth-code` (401) where it was removed meanwhile.
 */
export async function requireAccountUser(accountId: string): Promise<{ id: string; mfaEnabled: boolean }> {
  const account = await db.account.findUnique({
    where: { id: accountId },
    select: { user: { select: { id: true, mfaEnabledAt: true } } },
  });
  if (!account) throw new AppError("auth/invalid-oauth-code");
  return { id: account.user.id, mfaEnabled: account.user.mfaEnabledAt !== null };
}
