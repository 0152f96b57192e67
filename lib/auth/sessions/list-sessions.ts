import "server-only";
import { actorOf } from "@/lib/access/actor";
import type { Client } from "@/lib/core/client";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { type Page, paginate } from "@/lib/lists/pagination";
import { log } from "@/lib/runtime/log";
import type { ListedSession, SessionListQuery } from "./contract";
import type { CurrentUser } from "./current-user";
import { describeDevice } from "./describe-device";
import { lockSession } from "./lock-session";
import { endSessions } from "./sessions";

/**
 * Lists the sessions of a user, the newest first.
 *
 * @see bkend: authentication, sessions
 */
export async function listSessions(
  { page, limit }: SessionListQuery,
  user: Pick<CurrentUser, "id"> & { sessionId?: string },
): Promise<Page<ListedSession>> {
  const where = { userId: user.id, endedAt: null, expiresAt: { gt: new Date() } };
  const [rows, total] = await Promise.all([
    db.session.findMany({
      where,
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      skip: (page - 1) * limit,
      take: limit,
      select: {
        id: true,
        userId: true,
        userAgent: true,
        ipAddress: true,
        lastActivityAt: true,
        createdAt: true,
      },
    }),
    db.session.count({ where }),
  ]);
  const items = rows.map((session) => ({
    ...session,
    deviceInfo: describeDevice(session.userAgent),
    current: session.id === user.sessionId,
  }));
  return { items, pagination: paginate(total, { page, limit }) };
}

/**
 * Ends a session of the caller: its tokens are rejected from the next request on.
 *
 * @throws AppError `auth/session-not-found` (404), also for another user's, and as `lockSession`.
 */
export async function endOwnSession(sessionId: string, user: CurrentUser, client: Client): Promise<void> {
  const { count } = await db.$transaction(async (tx) => {
    await lockSession(actorOf(user), tx);
    return tx.session.updateMany({
      where: { id: sessionId, userId: user.id, endedAt: null },
      data: { endedAt: new Date() },
    });
  });
  if (count === 0) throw new AppError("auth/session-not-found");
  log.info("auth.session-ended", { userId: user.id, sessionId }, client);
}

/** Ends every session of the caller except the current one. */
export async function endOtherSessions(user: CurrentUser, client: Client): Promise<void> {
  await db.$transaction(async (tx) => {
    await lockSession(actorOf(user), tx);
    await endSessions(user.id, tx, { exceptSessionId: user.sessionId });
  });
  log.info("auth.other-sessions-ended", { userId: user.id }, client);
}
