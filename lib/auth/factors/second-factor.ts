import "server-only";
import { clearSignInFailures, isKnownClient, signInFailureKey } from "@/lib/auth/sessions/sign-in-failures";
import type { SecondFactorProof } from "@/lib/auth/sessions/start-session";
import type { Client } from "@/lib/core/client";
import { Prisma, query, type Transaction } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { limitFailures } from "@/lib/core/rate-limit";
import { unseal } from "@/lib/crypto/seal";
import { consumeBackupCode, isBackupCode } from "./backup-codes";
import { findTotpStep } from "./totp";

/**
 * Requires the second factor. Every sign-in calls it once the first factor is proved, and before it consumes its own
 * token, which stays valid after an error. Not inside a transaction, since rate limits use another connection.
 *
 * @param mfaCode a code of the app or a backup code; ignored for a user without a second factor. It is consumed.
 * @returns the state to check in the transaction that opens the session: it opens only if the factor has not changed since.
 * @throws AppError `auth/mfa-required` (403) without a code, not counted as a failure; `auth/invalid-mfa-code` (401),
 *   `auth/mfa-backup-codes-exhausted` (400), `auth/too-many-requests` (429).
 * @see RFC 6238, section 5.2
 */
export async function requireSecondFactor(
  { id }: { id: string },
  mfaCode: string | undefined,
  client: Client,
): Promise<SecondFactorProof> {
  const [user] = await query<UserRow>(Prisma.sql`
    SELECT u.email, u."mfaEnabledAt", f."sealedSecret", ${isKnownClient(client)} AS "isKnown"
      FROM "User" u LEFT JOIN "SecondFactor" f ON f."userId" = u.id WHERE u.id = ${id}`);
  if (!user?.mfaEnabledAt || user.sealedSecret === null) return { mfaEnabledAt: user?.mfaEnabledAt ?? null };
  const code = mfaCode?.replaceAll(/[\s-]/g, "");
  if (!code) throw new AppError("auth/mfa-required", { account: id });

  const { email, isKnown, sealedSecret } = user;
  const isCorrect = await limitFailures(
    "signInFailure",
    signInFailureKey(email, isKnown),
    id,
    async () => (await consumeTotpCode(id, sealedSecret, code)) || (await consumeBackupCode(id, code)),
  );
  if (!isCorrect) {
    throw new AppError(
      (await isExhausted(id, code)) ? "auth/mfa-backup-codes-exhausted" : "auth/invalid-mfa-code",
      {
        account: id,
      },
    );
  }
  await clearSignInFailures(email);
  return { mfaEnabledAt: user.mfaEnabledAt };
}

type UserRow = { email: string; mfaEnabledAt: Date | null; sealedSecret: string | null; isKnown: boolean };

/**
 * Consumes a code of the app, and every older one with it: of many concurrent callers one succeeds.
 *
 * @returns false for a wrong code, and for one that was used before.
 */
export async function consumeTotpCode(userId: string, sealedSecret: string, code: string): Promise<boolean> {
  const step = findTotpStep(unseal("second-factor", sealedSecret, userId), code);
  if (step === null) return false;
  // Only for the secret that was read: another may have been set up meanwhile.
  const used = await query(Prisma.sql`
    UPDATE "SecondFactor" SET "lastStep" = ${step}
     WHERE "userId" = ${userId} AND "sealedSecret" = ${sealedSecret} AND "lastStep" < ${step}
    RETURNING "userId"`);
  return used.length > 0;
}

async function isExhausted(userId: string, code: string): Promise<boolean> {
  if (!isBackupCode(code)) return false;
  const left = await query(Prisma.sql`SELECT FROM "BackupCode" WHERE "userId" = ${userId} LIMIT 1`);
  return left.length === 0;
}

/**
 * Removes the second factor of a user, or its unfinished setup. The caller locks the user first.
 *
 * @returns whether it was on.
 */
export async function removeSecondFactor(userId: string, tx: Transaction): Promise<boolean> {
  const { count } = await tx.user.updateMany({
    where: { id: userId, mfaEnabledAt: { not: null } },
    data: { mfaEnabledAt: null },
  });
  await tx.secondFactor.deleteMany({ where: { userId } });
  return count > 0;
}
