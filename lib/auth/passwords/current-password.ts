import "server-only";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { clearFailures, limitFailures } from "@/lib/core/rate-limit";
import { verifyPassword } from "./passwords";

/**
 * Verifies the current password of a signed-in user. Failures are counted by session, so that neither attackers at the
 * sign-in form nor a stolen session lock out the owner.
 *
 * @param path the field that holds the password.
 * @returns the hash that it matched: the caller replaces the password only while this is still its hash.
 * @throws AppError `auth/invalid-credentials` (401), `auth/too-many-requests` (429), `common/unavailable` (503).
 */
export async function requireCurrentPassword(
  currentPassword: string,
  { id, sessionId }: { id: string; sessionId: string },
  path = "currentPassword",
): Promise<string> {
  const { passwordHash } = await db.user.findUniqueOrThrow({ where: { id }, select: { passwordHash: true } });
  const isCorrect = await limitFailures("currentPassword", sessionId, id, () =>
    verifyPassword(currentPassword, passwordHash),
  );
  if (!isCorrect || passwordHash === null) {
    throw new AppError("auth/invalid-credentials", {
      problems: [{ path, message: "wrongPassword" }],
      account: id,
    });
  }
  await clearFailures("currentPassword", sessionId);
  return passwordHash;
}
