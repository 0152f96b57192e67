import "server-only";
import type { Actor } from "@/lib/access/actor";
import { requireAdmin } from "@/lib/access/require-admin";
import { recordAudit } from "@/lib/audit/record-audit";
import { lockSession } from "@/lib/auth/sessions/lock-session";
import { endSessions } from "@/lib/auth/sessions/sessions";
import type { Client } from "@/lib/core/client";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { log } from "@/lib/runtime/log";

/**
 * Ends sessions of another user, as an admin: their tokens stop working at the next request.
 *
 * @param sessionId ends only this session; all of them without it.
 * @throws AppError `user/forbidden` (403), `user/not-found`, `auth/session-not-found` (404).
 */
export async function endUserSessions(
  { userId, sessionId }: { userId: string; sessionId?: string | undefined },
  actor: Actor,
  client: Client,
): Promise<void> {
  requireAdmin(actor);
  await db.$transaction(async (tx) => {
    await lockSession(actor, tx, userId);
    const count = await endSessions(userId, tx, sessionId === undefined ? {} : { id: sessionId });
    if (count === 0) throw new AppError("auth/session-not-found");
    const { name } = await tx.user.findUniqueOrThrow({ where: { id: userId }, select: { name: true } });
    const details = { name, sessions: String(count) };
    await recordAudit(
      actor,
      { action: "user.sessions-ended", targetId: userId, ownerId: userId, details },
      tx,
    );
  });
  log.info("user.sessions-ended", { userId, sessionId, by: actor.userId, requestId: client.requestId });
}
