import "server-only";
import { Prisma, query } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { afterResponse } from "@/lib/email/after-response";
import type { Role } from "@/lib/generated/prisma/enums";
import { type AccessClaims, verifyAccessToken } from "./access-tokens";
import { recentMinutes } from "./recent-authentication";
import { activityMinutes, recordActivity } from "./sessions";

/** The signed-in user. */
export type CurrentUser = {
  id: string;
  sessionId: string;
  email: string;
  name: string;
  image: string | null;
  role: Role;
  emailVerified: boolean;
  /** Whether a second factor is on. */
  mfaEnabled: boolean;
  createdAt: Date;
  updatedAt: Date;
  /** Whether the user has proved their identity in the last minutes; see `requireRecentAuthentication`. */
  hasRecentAuthentication: boolean;
};

/**
 * Authenticates a request by its `Authorization` header.
 *
 * @throws AppError `auth/unauthorized`, `auth/invalid-token`, `auth/token-expired` (401),
 *   `auth/account-banned` (403).
 */
export async function requireBearerUser(authorization: string): Promise<CurrentUser> {
  const token = /^Bearer +([^\s,]+) *$/i.exec(authorization)?.[1];
  if (!token) throw new AppError("auth/unauthorized");
  return requireLiveSession(await verifyAccessToken(token));
}

type CurrentUserRow = CurrentUser & { isBanned: boolean; isEnded: boolean; isActivityOld: boolean };

/**
 * Looks up the session that a token identifies. A sign-out, reset, ban or deletion takes effect at once. The session's
 * activity is recorded every few minutes, after the response.
 *
 * @throws AppError `auth/invalid-token` (401), `auth/account-banned` (403).
 */
async function requireLiveSession({ userId, sessionId }: AccessClaims): Promise<CurrentUser> {
  const [row] = await query<CurrentUserRow>(Prisma.sql`
    SELECT u.id, s.id AS "sessionId", u.email, u.name, u.image, u.role, u."emailVerified" IS NOT NULL AS "emailVerified",
           u."mfaEnabledAt" IS NOT NULL AS "mfaEnabled",
           u."createdAt", u."updatedAt", u."bannedAt" IS NOT NULL AS "isBanned",
           (s."endedAt" IS NOT NULL OR s."endsAt" <= now()) AS "isEnded",
           s."provedAt" > now() - ${recentMinutes} * interval '1 minute' AS "hasRecentAuthentication",
           s."lastActivityAt" < now() - ${activityMinutes} * interval '1 minute' AS "isActivityOld"
      FROM "Session" s JOIN "User" u ON u.id = s."userId"
     WHERE s.id = ${sessionId}::uuid AND u.id = ${userId}`);
  if (row?.isBanned) throw new AppError("auth/account-banned");
  if (!row || row.isEnded) throw new AppError("auth/invalid-token");
  if (row.isActivityOld) afterResponse(() => recordActivity(sessionId));
  return row;
}
