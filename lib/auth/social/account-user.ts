import "server-only";
import { db, Prisma, query } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";

/**
 * Finds the user of a linked account.
 *
 * @throws AppError `auth/invalid-oauth-code` (401) if it was removed meanwhile.
 */
export async function requireAccountUser(accountId: string): Promise<{ id: string; mfaEnabled: boolean }> {
  const account = await db.account.findUnique({
    where: { id: accountId },
    select: { user: { select: { id: true, mfaEnabledAt: true } } },
  });
  if (!account) throw new AppError("auth/invalid-oauth-code");
  return { id: account.user.id, mfaEnabled: account.user.mfaEnabledAt !== null };
}

/**
 * Records that the user of a session has just proved their identity again, by a linked account: a provider has just
 * identified its owner.
 *
 * @returns false also where the account is linked to another user, or to none.
 */
export async function recordReauthenticationByAccount(
  { id, sessionId }: { id: string; sessionId: string },
  account: { provider: string; providerAccountId: string },
): Promise<boolean> {
  const updated = await query(Prisma.sql`
    UPDATE "Session" s SET "provedAt" = now()
      FROM "Account" a
     WHERE s.id = ${sessionId}::uuid AND s."userId" = ${id} AND s."endedAt" IS NULL AND a."userId" = s."userId"
       AND a.provider = ${account.provider} AND a."providerAccountId" = ${account.providerAccountId}
    RETURNING s.id`);
  return updated.length > 0;
}
