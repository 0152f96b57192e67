import "server-only";
import { lockUser } from "@/lib/auth/accounts/lock-user";
import { env } from "@/lib/config/env";
import { type Client, networkOf } from "@/lib/core/client";
import { db, Prisma, query, type Transaction } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { afterResponse } from "@/lib/email/after-response";
import { issueAccessToken } from "./access-tokens";
import type { TokenPair } from "./contract";
import { mailNewDevice } from "./new-device";
import { issueRefreshToken } from "./refresh-tokens";

/** However often it is refreshed, a session ends after this. */
export const maxSessionSeconds = 90 * 24 * 3600;

/** When a session was last active is known to within this, so that most requests need not write it down. */
export const activityMinutes = 5;

/**
 * The state of the second factor that a sign-in went by; `requireSecondFactor` answers it. If the factor was turned on,
 * off or set up anew meanwhile, the session does not open.
 */
export type SecondFactorProof = { mfaEnabledAt: Date | null };

/**
 * Opens a session for a user who has just proved who they are.
 *
 * @param proof the user, with the password hash that the proof was checked against (null when it was not a
 *   password): if it changed meanwhile, or the user was banned, the proof is worth nothing any more.
 * @throws AppError `auth/invalid-credentials` (401).
 */
export async function startSession(
  proof: { id: string; passwordHash: string | null },
  { mfaEnabledAt }: SecondFactorProof,
  client: Client,
): Promise<TokenPair> {
  const { REFRESH_TOKEN_TTL } = env();
  // FOR SHARE waits for a password change in flight and then reads its outcome; a change that comes later waits
  // for us and ends this session with the others.
  const [session] = await query<{ id: string }>(Prisma.sql`
    INSERT INTO "Session" (id, "userId", "expiresAt", "endsAt", "userAgent", "ipAddress", network)
    SELECT ${crypto.randomUUID()}::uuid, id,
           now() + ${REFRESH_TOKEN_TTL} * interval '1 second', now() + ${maxSessionSeconds} * interval '1 second',
           ${client.userAgent}::text, ${client.ip}::text, ${networkOf(client.ip)}::text
      FROM "User"
     WHERE id = ${proof.id} AND "passwordHash" IS NOT DISTINCT FROM ${proof.passwordHash} AND "bannedAt" IS NULL
       AND "mfaEnabledAt" IS NOT DISTINCT FROM ${mfaEnabledAt}::timestamptz
       FOR SHARE
    RETURNING id`);
  if (!session) throw new AppError("auth/invalid-credentials");
  return openSession({ userId: proof.id, sessionId: session.id }, client);
}

/**
 * Opens a session for a user whom a provider has just identified.
 *
 * @param accountId by which they came: if it was taken off meanwhile, the provider's word is worth nothing here.
 * @throws AppError `auth/account-banned` (403), `auth/invalid-oauth-code` (401).
 */
export async function startSocialSession(
  accountId: string,
  { mfaEnabledAt }: SecondFactorProof,
  client: Client,
): Promise<TokenPair> {
  const { REFRESH_TOKEN_TTL } = env();
  return db.$transaction(async (tx) => {
    // The user's row first: unlinking an account locks it too, and we then read what that came to.
    const [user] = await tx.$queryRaw<{ isBanned: boolean; isProved: boolean }[]>(Prisma.sql`
      SELECT u."bannedAt" IS NOT NULL AS "isBanned",
             u."mfaEnabledAt" IS NOT DISTINCT FROM ${mfaEnabledAt}::timestamptz AS "isProved"
        FROM "User" u JOIN "Account" a ON a."userId" = u.id WHERE a.id = ${accountId} FOR SHARE OF u`);
    if (user?.isBanned) throw new AppError("auth/account-banned");
    if (user && !user.isProved) throw new AppError("auth/invalid-oauth-code");
    const [session] = await tx.$queryRaw<{ id: string; userId: string }[]>(Prisma.sql`
      INSERT INTO "Session" (id, "userId", "accountId", "expiresAt", "endsAt", "userAgent", "ipAddress", network)
      SELECT ${crypto.randomUUID()}::uuid, "userId", id,
             now() + ${REFRESH_TOKEN_TTL} * interval '1 second', now() + ${maxSessionSeconds} * interval '1 second',
             ${client.userAgent}::text, ${client.ip}::text, ${networkOf(client.ip)}::text
        FROM "Account" WHERE id = ${accountId}
      RETURNING id, "userId"`);
    if (!session) throw new AppError("auth/invalid-oauth-code");
    return openSession({ userId: session.userId, sessionId: session.id }, client);
  });
}

/**
 * Opens a session for the owner of a passkey, whose signature was just verified. It asks for no other factor: the
 * authenticator has verified its user.
 *
 * @param counter of the signature. One that does not exceed the last is a copy of the authenticator, or a second use.
 * @throws AppError `auth/account-banned` (403); `auth/invalid-passkey` (401), also where the passkey was removed
 *   meanwhile.
 */
export async function startPasskeySession(
  { passkeyId, counter }: { passkeyId: string; counter: number },
  client: Client,
): Promise<TokenPair> {
  const { REFRESH_TOKEN_TTL } = env();
  return db.$transaction(async (tx) => {
    // The user first: the removal of a passkey locks the user, too, and we then read its outcome.
    const [user] = await tx.$queryRaw<{ isBanned: boolean }[]>(Prisma.sql`
      SELECT u."bannedAt" IS NOT NULL AS "isBanned"
        FROM "User" u JOIN "Passkey" p ON p."userId" = u.id WHERE p.id = ${passkeyId} FOR SHARE OF u`);
    if (user?.isBanned) throw new AppError("auth/account-banned");
    const userId = await recordPasskeyUse({ passkeyId, counter }, tx);
    const [session] = await tx.$queryRaw<{ id: string }[]>(Prisma.sql`
      INSERT INTO "Session" (id, "userId", "passkeyId", "expiresAt", "endsAt", "userAgent", "ipAddress", network)
      VALUES (${crypto.randomUUID()}::uuid, ${userId}, ${passkeyId},
              now() + ${REFRESH_TOKEN_TTL} * interval '1 second', now() + ${maxSessionSeconds} * interval '1 second',
              ${client.userAgent}::text, ${client.ip}::text, ${networkOf(client.ip)}::text)
      RETURNING id`);
    if (!session) throw new AppError("auth/invalid-passkey");
    return openSession({ userId, sessionId: session.id }, client);
  });
}

/** One statement, so that of many signatures with one counter a single one counts. */
async function recordPasskeyUse(
  { passkeyId, counter }: { passkeyId: string; counter: number },
  tx: Transaction,
): Promise<string> {
  const [passkey] = await tx.$queryRaw<{ userId: string }[]>(Prisma.sql`
    UPDATE "Passkey" SET counter = ${counter}::bigint, "lastUsedAt" = now()
     WHERE id = ${passkeyId} AND (counter < ${counter}::bigint OR (counter = 0 AND ${counter}::bigint = 0))
    RETURNING "userId"`);
  if (!passkey) throw new AppError("auth/invalid-passkey");
  return passkey.userId;
}

/** What follows wherever a session was opened: the mail about an unknown device, and the first tokens. */
function openSession(session: { userId: string; sessionId: string }, client: Client): Promise<TokenPair> {
  afterResponse(() => mailNewDevice(session.sessionId, client));
  return tokenPairOf({ ...session, counter: 0 });
}

/**
 * Opens a session for a user who has just used a sign-in link. To be called in the transaction that uses the link up,
 * which has locked the user.
 */
export async function startLinkSession(userId: string, client: Client, tx: Transaction): Promise<TokenPair> {
  const { REFRESH_TOKEN_TTL } = env();
  const sessionId = crypto.randomUUID();
  await tx.$executeRaw(Prisma.sql`
    INSERT INTO "Session" (id, "userId", "expiresAt", "endsAt", "userAgent", "ipAddress", network)
    VALUES (${sessionId}::uuid, ${userId},
            now() + ${REFRESH_TOKEN_TTL} * interval '1 second', now() + ${maxSessionSeconds} * interval '1 second',
            ${client.userAgent}::text, ${client.ip}::text, ${networkOf(client.ip)}::text)`);
  return openSession({ userId, sessionId }, client);
}

/**
 * Issues an access token for a session whose own one has run out, as a refresh does, for the site's own pages.
 *
 * @throws AppError `auth/invalid-token` (401) when the session is over.
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

/** Notes that a session is in use. */
export async function recordActivity(sessionId: string): Promise<void> {
  await query(Prisma.sql`UPDATE "Session" SET "lastActivityAt" = now() WHERE id = ${sessionId}::uuid`);
}

/**
 * Notes that the user of a session has just proved once more, by their password, who they are.
 *
 * @param passwordHash that the proof was checked against: if it changed meanwhile, the proof is worth nothing.
 * @returns whether the session still lives.
 */
export async function renewProof(
  { id, sessionId }: { id: string; sessionId: string },
  passwordHash: string,
): Promise<boolean> {
  // It rests on the password from now on: it outlives the linked account or the passkey that it came by.
  const renewed = await query(Prisma.sql`
    UPDATE "Session" s SET "provedAt" = now(), "accountId" = NULL, "passkeyId" = NULL
      FROM "User" u
     WHERE s.id = ${sessionId}::uuid AND s."endedAt" IS NULL AND u.id = s."userId"
       AND u.id = ${id} AND u."passwordHash" = ${passwordHash} AND u."bannedAt" IS NULL
    RETURNING s.id`);
  return renewed.length > 0;
}

/**
 * The same by a linked account: a provider has just identified its owner.
 *
 * @returns false also where the account is linked to another user, or to none.
 */
export async function renewProofByAccount(
  { id, sessionId }: { id: string; sessionId: string },
  account: { provider: string; providerAccountId: string },
): Promise<boolean> {
  const renewed = await query(Prisma.sql`
    UPDATE "Session" s SET "provedAt" = now()
      FROM "Account" a
     WHERE s.id = ${sessionId}::uuid AND s."userId" = ${id} AND s."endedAt" IS NULL AND a."userId" = s."userId"
       AND a.provider = ${account.provider} AND a."providerAccountId" = ${account.providerAccountId}
    RETURNING s.id`);
  return renewed.length > 0;
}

/**
 * The same by a passkey, whose signature was just verified.
 *
 * @throws AppError `auth/invalid-passkey` (401), also where the passkey is another user's.
 */
export async function renewProofByPasskey(
  { id, sessionId }: { id: string; sessionId: string },
  { passkeyId, counter }: { passkeyId: string; counter: number },
): Promise<void> {
  await db.$transaction(async (tx) => {
    await lockUser(id, tx);
    const userId = await recordPasskeyUse({ passkeyId, counter }, tx);
    const { count } = await tx.session.updateMany({
      where: { id: sessionId, userId: id, endedAt: null },
      data: { provedAt: new Date() },
    });
    if (userId !== id || count === 0) throw new AppError("auth/invalid-passkey");
  });
}

/** Ends one session: its tokens are dead from the next request on. Ending it twice does no harm. */
export async function endSession(sessionId: string): Promise<void> {
  await db.session.updateMany({ where: { id: sessionId, endedAt: null }, data: { endedAt: new Date() } });
}

/**
 * Ends the sessions of a user.
 *
 * @param exceptSessionId one that may go on.
 */
export async function endSessions(
  userId: string,
  tx: Transaction,
  { exceptSessionId }: { exceptSessionId?: string } = {},
): Promise<void> {
  await tx.session.updateMany({
    where: { userId, endedAt: null, ...(exceptSessionId && { id: { not: exceptSessionId } }) },
    data: { endedAt: new Date() },
  });
}

/** @returns the tokens of a session at a counter, as every endpoint answers them. */
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
