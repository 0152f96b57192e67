import "server-only";
import { Prisma, type Transaction } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";

/**
 * Records the use of a passkey whose signature was just verified. It is one statement, so that of concurrent
 * signatures with the same counter only one is accepted.
 *
 * @returns the id of the passkey's user.
 * @throws AppError `auth/invalid-passkey` (401).
 */
export async function recordPasskeyUse(
  { passkeyId, counter }: { passkeyId: string; counter: number },
  tx: Transaction,
): Promise<string> {
  const [passkey] = await tx.$queryRaw<{ userId: string }[]>(Prisma.sql`
    UPDATE "Passkey" SET counter = ${counter}::bigint, "lastUsedAt" = now()
     WHERE id = ${passkeyId} AND (counter < ${counter}::bigint OR (counter = 0 AND ${counter}::bigint = 0))
    RETURNING "userId"`);
  if (!passkey) throw new AppError("auth/invalid-passkey");
  return passkey.userId;
}
