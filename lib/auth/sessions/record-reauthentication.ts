import "server-only";
import { lockUser } from "@/lib/auth/accounts/lock-user";
import { db, Prisma } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { recordPasskeyUse } from "./passkey-use";

/**
 * Records that the user of a session has just proved their identity again, by password.
 *
 * @param passwordHash that the proof was checked against: if it changed meanwhile, the proof is not valid.
 * @returns whether the session is still active.
 */
export async function recordReauthentication(
  { id, sessionId }: { id: string; sessionId: string },
  passwordHash: string,
): Promise<boolean> {
  const count = await db.$transaction(async (tx) => {
    // A removal of the password in progress ends the sessions that depend on it, and would miss this one.
    await lockUser(id, tx);
    // From now on the session depends on the password, and outlives the linked account or passkey that opened it.
    return tx.$executeRaw(Prisma.sql`
      UPDATE "Session" s SET "provedAt" = now(), "accountId" = NULL, "passkeyId" = NULL
        FROM "User" u
       WHERE s.id = ${sessionId}::uuid AND s."endedAt" IS NULL AND u.id = s."userId"
         AND u.id = ${id} AND u."passwordHash" = ${passwordHash} AND u."bannedAt" IS NULL`);
  });
  return count > 0;
}

/**
 * The same by a passkey, whose signature was just verified.
 *
 * @throws AppError `auth/invalid-passkey` (401), also where the passkey is another user's.
 */
export async function recordReauthenticationByPasskey(
  { id, sessionId }: { id: string; sessionId: string },
  { passkeyId, counter }: { passkeyId: string; counter: number },
): Promise<void> {
  await db.$transaction(async (tx) => {
    await lockUser(id, tx);
    const userId = await recordPasskeyUse({ passkeyId, counter }, tx);
    const { count } = await tx.session.updateMany({
      where: { id: sessionId, userId: id, endedAt: null },
      data: { provedAt: new Date() },
    });
    if (userId !== id || count === 0) throw new AppError("auth/invalid-passkey");
  });
}
