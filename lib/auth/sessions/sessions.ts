import "server-only";
import { env } from "@/lib/config/env";
import { db, Prisma, query, type Transaction } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { issueAccessToken } from "./access-tokens";
import type { TokenPair } from "./contract";
import { issueRefreshToken } from "./refresh-tokens";

/** The maximum lifetime of a session, however often it is refreshed. */
export const maxSessionSeconds = 90 * 24 * 3600;

/** The precision of a session's last activity, so that most requests need not write it. */
export const activityMinutes = 5;

/**
 * Issues an access token for a session whose own has expired, as a refresh does, for the site's own pages.
 *
 * @throws AppError `auth/invalid-token` (401) when the session has ended.
 */
export async function renewAccessToken(session: { userId: string; sessionId: string }): Promise<string> {
  const [live] = await query(Prisma.sql`
    UPDATE "Session"
       SET "lastActivityAt" = now(),
           "expiresAt" = LEAST(now() + ${env().REFRESH_TOKEN_TTL} * interval '1 second', "endsAt")
     WHERE id = ${session.sessionId}::uuid AND "userId" = ${session.userId}
       AND "endedAt" IS NULL AND "expiresAt" > now()
    RETURNING id`);
  if (!live) throw new AppError("auth/invalid-token");
  return issueAccessToken(session);
}

/** Records that a session is in use. */
export async function recordActivity(sessionId: string): Promise<void> {
  await query(Prisma.sql`UPDATE "Session" SET "lastActivityAt" = now() WHERE id = ${sessionId}::uuid`);
}

/**
 * Ends one session, as its user does by signing out: its tokens stop working with the next request. Ending it twice
 * changes nothing. A change of address that it has requested can still be confirmed.
 */
export async function endSession(sessionId: string): Promise<void> {
  await db.session.updateMany({ where: { id: sessionId, endedAt: null }, data: { endedAt: new Date() } });
}

/**
 * Ends sessions of a user, and cancels a change of address that one of them has requested: an intruder could still
 * confirm it from their own mailbox. The caller locks the user first.
 *
 * @param which all of them by default.
 * @returns how many have ended.
 */
export async function endSessions(
  userId: string,
  tx: Transaction,
  which: Prisma.SessionWhereInput = {},
): Promise<number> {
  const sessions = { ...which, userId };
  const { count } = await tx.session.updateMany({
    where: { ...sessions, endedAt: null },
    data: { endedAt: new Date() },
  });
  await cancelAddressChangeOf(sessions, tx);
  return count;
}

/** Also of sessions that have signed out: an intruder may have done so after requesting the change. */
async function cancelAddressChangeOf(
  sessions: Prisma.SessionWhereInput & { userId: string },
  tx: Transaction,
): Promise<void> {
  const pending = await tx.emailToken.findUnique({
    where: { userId_purpose: { userId: sessions.userId, purpose: "verify-new-address" }, usedAt: null },
    select: { id: true, email: true, sessionId: true, user: { select: { email: true } } },
  });
  // A token for the current address confirms that address and changes none.
  if (!pending?.sessionId || pending.email === pending.user.email) return;
  const requested = await tx.session.count({ where: { AND: [sessions, { id: pending.sessionId }] } });
  if (requested > 0) await tx.emailToken.deleteMany({ where: { id: pending.id } });
}

/** @returns the tokens of a session at a counter, as endpoints return them. */
export async function tokenPairOf(session: {
  userId: string;
  sessionId: string;
  counter: number;
}): Promise<TokenPair> {
  return {
    accessToken: await issueAccessToken(session),
    refreshToken: issueRefreshToken(session),
    tokenType: "Bearer",
    expiresIn: env().ACCESS_TOKEN_TTL,
  };
}
