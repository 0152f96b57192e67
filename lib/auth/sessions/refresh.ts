import "server-only";
import { lockUser } from "@/lib/auth/accounts/lock-user";
import { env } from "@/lib/config/env";
import type { Client } from "@/lib/core/client";
import { db, Prisma, query } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { limit } from "@/lib/core/rate-limit";
import { prepareNotice } from "@/lib/email/prepare-notice";
import { log } from "@/lib/runtime/log";
import type { RefreshInput, TokenPair } from "./contract";
import { type RefreshClaims, readRefreshToken } from "./refresh-tokens";
import { endSessions, tokenPairOf } from "./sessions";

/**
 * Exchanges a refresh token for a new pair. The old one stops working, except for `REFRESH_REUSE_INTERVAL` seconds in which
 * a client that retries gets the same new one again.
 *
 * @returns an access token that lives `ACCESS_TOKEN_TTL` seconds, and the session's next refresh token.
 * @throws AppError `auth/invalid-refresh-token` (401), `auth/account-banned` (403), `auth/too-many-requests` (429).
 * @see RFC 9700, section 4.14
 */
export async function refresh({ refreshToken }: RefreshInput, client: Client): Promise<TokenPair> {
  const claims = readRefreshToken(refreshToken);
  if (!claims) throw new AppError("auth/invalid-refresh-token");
  await limit("refresh", claims.sessionId);

  return (await rotate(claims)) ?? (await handleStaleToken(claims, client));
}

/** One statement, so that of many concurrent callers with one token only one rotates it. */
async function rotate({ sessionId, counter }: RefreshClaims): Promise<TokenPair | null> {
  const [session] = await query<{ userId: string; counter: number }>(Prisma.sql`
    UPDATE "Session" s
       SET "refreshCounter" = "refreshCounter" + 1, "refreshedAt" = now(), "lastActivityAt" = now(),
           "expiresAt" = LEAST(now() + ${env().REFRESH_TOKEN_TTL} * interval '1 second', "endsAt")
      FROM "User" u
     WHERE s.id = ${sessionId}::uuid AND s."refreshCounter" = ${counter}
       AND s."endedAt" IS NULL AND s."expiresAt" > now() AND u.id = s."userId" AND u."bannedAt" IS NULL
    RETURNING s."userId", s."refreshCounter" AS counter`);
  return session ? tokenPairOf({ ...session, sessionId }) : null;
}

/** The token is not the current one: a client that retries, a thief, or a user whose session has ended. */
async function handleStaleToken({ sessionId, counter }: RefreshClaims, client: Client): Promise<TokenPair> {
  const [session] = await query<SessionState>(Prisma.sql`
    SELECT s."userId", s."refreshCounter" AS counter, s."endedAt" IS NULL AND s."expiresAt" > now() AS "isLive",
           u.email, u."emailVerified", u."bannedAt" IS NOT NULL AS "isBanned",
           s."refreshedAt" > now() - ${env().REFRESH_REUSE_INTERVAL} * interval '1 second' AS "isFresh"
      FROM "Session" s JOIN "User" u ON u.id = s."userId"
     WHERE s.id = ${sessionId}::uuid`);
  if (session?.isBanned) throw new AppError("auth/account-banned");
  if (!session?.isLive) throw new AppError("auth/invalid-refresh-token");

  if (counter === session.counter - 1 && session.isFresh) return tokenPairOf({ ...session, sessionId });
  if (counter < session.counter) await endStolenSession(session, sessionId, client);
  throw new AppError("auth/invalid-refresh-token");
}

type SessionState = {
  userId: string;
  email: string;
  emailVerified: Date | null;
  counter: number;
  isLive: boolean;
  isBanned: boolean;
  isFresh: boolean;
};

/** A rotated token was reused: either its owner or a thief has the new one, and we cannot tell which. */
async function endStolenSession(
  { userId, email, emailVerified }: SessionState,
  sessionId: string,
  client: Client,
): Promise<void> {
  const queueNotice = await prepareNotice({ id: userId, email, emailVerified }, { template: "token-reused" });
  await db.$transaction(async (tx) => {
    await lockUser(userId, tx);
    if ((await endSessions(userId, tx, { id: sessionId })) > 0) await queueNotice(tx);
  });
  log.warn("auth.refresh-token-reused", { userId, sessionId }, client);
}
