import "server-only";
import { db } from "@/lib/db";
import type { Client } from "@/lib/http/client";
import { ApiError } from "@/lib/http/errors";
import { type Page, paginate } from "@/lib/http/pagination";
import { log } from "@/lib/log";
import { actorOf } from "./actor";
import { describeDevice } from "./describe-device";
import type { CurrentUser } from "./guard";
import { holdSession } from "./hold-session";
import type { ListedSession, SessionListQuery } from "./session-contract";
import { endSessions } from "./sessions";

/**
 * Lists where somebody is signed in, the newest session first.
 *
 * @see bkend: authentication, sessions
 */
export async function listSessions(
  { page, limit }: SessionListQuery,
  user: CurrentUser,
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
 * Ends a session of one's own: its tokens are dead from the next request on.
 *
 * @throws ApiError `auth/session-not-found` (404), for somebody else's too, and as `holdSession`.
 */
export async function endOwnSession(sessionId: string, user: CurrentUser, client: Client): Promise<void> {
  const { count } = await db.$transaction(async (tx) => {
    await holdSession(actorOf(user), tx);
    return tx.session.updateMany({
      where: { id: sessionId, userId: user.id, endedAt: null },
      data: { endedAt: new Date() },
    });
  });
  if (count === 0) throw new ApiError("auth/session-not-found");
  log.info("auth.session-ended", { userId: user.id, sessionId, ip: client.ip, requestId: client.requestId });
}

/** Ends every session of somebody but the one that asks. */
export async function endOtherSessions(user: CurrentUser, client: Client): Promise<void> {
  await db.$transaction(async (tx) => {
    await holdSession(actorOf(user), tx);
    await endSessions(user.id, tx, { exceptSessionId: user.sessionId });
  });
  log.info("auth.other-sessions-ended", { userId: user.id, ip: client.ip, requestId: client.requestId });
}
