import "server-only";
import { actorOf } from "@/lib/access/actor";
import type { Client } from "@/lib/core/client";
import { db, Prisma } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { readPage } from "@/lib/lists/list-queries";
import type { Page } from "@/lib/lists/pagination";
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
  query: SessionListQuery,
  user: Pick<CurrentUser, "id"> & { sessionId?: string },
): Promise<Page<ListedSession>> {
  const { items, pagination } = await readPage<Omit<ListedSession, "deviceInfo" | "current">>(
    {
      columns: Prisma.sql`id, "userId", "userAgent", "ipAddress", "lastActivityAt", "createdAt"`,
      from: Prisma.sql`"Session"`,
      where: Prisma.sql`"userId" = ${user.id} AND "endedAt" IS NULL AND "expiresAt" > now()`,
      orderBy: Prisma.sql`"createdAt" DESC, id DESC`,
    },
    query,
  );
  const described = items.map((session) => ({
    ...session,
    deviceInfo: describeDevice(session.userAgent),
    current: session.id === user.sessionId,
  }));
  return { items: described, pagination };
}

/**
 * Ends a session of the caller: its tokens are rejected from the next request on.
 *
 * @throws AppError `auth/session-not-found` (404), also for another user's, and as `lockSession`.
 */
export async function endOwnSession(sessionId: string, user: CurrentUser, client: Client): Promise<void> {
  const count = await db.$transaction(async (tx) => {
    await lockSession(actorOf(user), tx);
    return endSessions(user.id, tx, { id: sessionId });
  });
  if (count === 0) throw new AppError("auth/session-not-found");
  log.info("auth.session-ended", { userId: user.id, sessionId }, client);
}

/** Ends every session of the caller except the current one. */
export async function endOtherSessions(user: CurrentUser, client: Client): Promise<void> {
  await db.$transaction(async (tx) => {
    await lockSession(actorOf(user), tx);
    await endSessions(user.id, tx, { id: { not: user.sessionId } });
  });
  log.info("auth.other-sessions-ended", { userId: user.id }, client);
}
