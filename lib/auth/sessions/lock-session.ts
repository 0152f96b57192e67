import "server-only";
import type { Actor } from "@/lib/access/actor";
import { Prisma, type Transaction } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";

/** A user as they are while their row is locked. */
export type LockedUser = { id: string; role: string; isBanned: boolean };

/**
 * Locks the caller's session until the transaction ends, for changes that grant or revoke access: an earlier sign-out,
 * reset, ban, demotion or deletion takes effect, and a later one waits for this change. Call it first in the
 * transaction: every change of access locks users in the order of their ids, then sessions, so that two of them cannot
 * deadlock.
 *
 * @param targetId the user who is changed, if it is another: an admin's role is then looked up again.
 * @param options.withAdmins locks all admins too, for changes that may leave none.
 * @returns the locked users.
 * @throws AppError `auth/invalid-token` (401) for a session that has ended, `auth/account-banned` (403),
 *   `user/forbidden` (403) for a former admin, `user/not-found` (404) for a deleted target.
 */
export async function lockSession(
  { userId, sessionId, role }: Pick<Actor, "userId" | "sessionId" | "role">,
  tx: Transaction,
  targetId: string | null = userId,
  { withAdmins = false }: { withAdmins?: boolean } = {},
): Promise<LockedUser[]> {
  const ids = [userId, targetId].filter((id) => id !== null);
  const users = await tx.$queryRaw<LockedUser[]>(Prisma.sql`
    SELECT id, role::text, "bannedAt" IS NOT NULL AS "isBanned"
      FROM "User" WHERE id = ANY(${ids}::text[]) OR (${withAdmins} AND role = 'admin')
     ORDER BY id FOR NO KEY UPDATE`);
  if (sessionId !== undefined) {
    const caller = users.find(({ id }) => id === userId);
    if (caller?.isBanned) throw new AppError("auth/account-banned");
    const live = await tx.$queryRaw<unknown[]>(Prisma.sql`
      SELECT id FROM "Session"
       WHERE id = ${sessionId}::uuid AND "userId" = ${userId} AND "endedAt" IS NULL FOR SHARE`);
    if (!caller || live.length === 0) throw new AppError("auth/invalid-token");
    const usesRole = role === "admin" && targetId !== userId;
    if (usesRole && caller.role !== "admin") throw new AppError("user/forbidden");
  }
  if (targetId !== null && !users.some(({ id }) => id === targetId)) throw new AppError("user/not-found");
  return users;
}
