import "server-only";
import { Prisma, query } from "@/lib/db";
import type { Role } from "@/lib/generated/prisma/enums";
import { ApiError } from "@/lib/http/errors";
import { type AccessClaims, verifyAccessToken } from "./access-tokens";

/** Who is signed in. */
export type CurrentUser = {
  id: string;
  sessionId: string;
  email: string;
  name: string;
  image: string | null;
  role: Role;
  emailVerified: boolean;
  createdAt: Date;
  updatedAt: Date;
};

/**
 * Checks an `Authorization` header: the token, and that its session and its user are still welcome.
 *
 * @throws ApiError `auth/unauthorized`, `auth/invalid-token`, `auth/token-expired` (401),
 *   `auth/account-banned` (403).
 */
export async function authenticate(authorization: string): Promise<CurrentUser> {
  const token = /^Bearer +([^\s,]+) *$/i.exec(authorization)?.[1];
  if (!token) throw new ApiError("auth/unauthorized");
  return requireLiveSession(await verifyAccessToken(token));
}

/**
 * Looks up the session that a token names: signed out, reset, banned or deleted counts at once.
 *
 * @throws ApiError `auth/invalid-token` (401), `auth/account-banned` (403).
 */
export async function requireLiveSession({ userId, sessionId }: AccessClaims): Promise<CurrentUser> {
  const [row] = await query<CurrentUser & { isBanned: boolean; isEnded: boolean }>(Prisma.sql`
    SELECT u.id, s.id AS "sessionId", u.email, u.name, u.image, u.role, u."emailVerified" IS NOT NULL AS "emailVerified",
           u."createdAt", u."updatedAt", u."bannedAt" IS NOT NULL AS "isBanned", s."endedAt" IS NOT NULL AS "isEnded"
      FROM "Session" s JOIN "User" u ON u.id = s."userId"
     WHERE s.id = ${sessionId}::uuid AND u.id = ${userId}`);
  if (row?.isBanned) throw new ApiError("auth/account-banned");
  if (!row || row.isEnded) throw new ApiError("auth/invalid-token");
  return row;
}
