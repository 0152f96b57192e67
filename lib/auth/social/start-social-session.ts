import "server-only";
import type { TokenPair } from "@/lib/auth/sessions/contract";
import {
  newSession,
  openSession,
  type SecondFactorProof,
  sessionColumns,
} from "@/lib/auth/sessions/start-session";
import type { Client } from "@/lib/core/client";
import { db, Prisma } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";

/**
 * Opens a session for a user whom a provider has just identified.
 *
 * @param accountId the linked account that signs in: if it was unlinked meanwhile, no session opens.
 * @throws AppError `auth/account-banned` (403), `auth/invalid-oauth-code` (401).
 */
export async function startSocialSession(
  accountId: string,
  { mfaEnabledAt }: SecondFactorProof,
  client: Client,
): Promise<TokenPair> {
  return db.$transaction(async (tx) => {
    // The user's row first: unlinking an account locks it too, and we then read its outcome.
    const [user] = await tx.$queryRaw<{ isBanned: boolean; isProved: boolean }[]>(Prisma.sql`
      SELECT u."bannedAt" IS NOT NULL AS "isBanned",
             u."mfaEnabledAt" IS NOT DISTINCT FROM ${mfaEnabledAt}::timestamptz AS "isProved"
        FROM "User" u JOIN "Account" a ON a."userId" = u.id WHERE a.id = ${accountId} FOR SHARE OF u`);
    if (user?.isBanned) throw new AppError("auth/account-banned");
    if (user && !user.isProved) throw new AppError("auth/invalid-oauth-code");
    const [session] = await tx.$queryRaw<{ id: string; userId: string }[]>(Prisma.sql`
      INSERT INTO "Session" ("userId", "accountId", ${sessionColumns})
      SELECT "userId", id, ${newSession(client)} FROM "Account" WHERE id = ${accountId}
      RETURNING id, "userId"`);
    if (!session) throw new AppError("auth/invalid-oauth-code");
    return openSession({ userId: session.userId, sessionId: session.id }, client);
  });
}
