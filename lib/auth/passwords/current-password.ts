import "server-only";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { clearFailures, limit } from "@/lib/core/rate-limit";
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
  // Counted as a failure until it succeeds, before the hash is computed.
  await limit("currentPassword", sessionId, { account: id });
  const { passwordHash } = await db.user.findUniqueOrThrow({ where: { id }, select: { passwordHash: true } });
  if (!(await verifyPassword(currentPassword, passwordHash)) || passwordHash === null) {
    throw new AppError("auth/invalid-credentials", {
      problems: [{ path, message: "wrongPassword" }],
      account: id,
    });
  }
  await clearFailures("currentPassword", sessionId);
  return passwordHash;
}
