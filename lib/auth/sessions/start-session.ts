import "server-only";
import { env } from "@/lib/config/env";
import { type Client, networkOf } from "@/lib/core/client";
import { db, Prisma, query, type Transaction } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { afterResponse } from "@/lib/email/after-response";
import type { TokenPair } from "./contract";
import { mailNewDevice } from "./new-device";
import { recordPasskeyUse } from "./passkey-use";
import { maxSessionSeconds, tokenPairOf } from "./sessions";

/**
 * The state of the second factor at a sign-in, from `requireSecondFactor`. If the factor was turned on, off or replaced
 * meanwhile, the session does not open.
 */
export type SecondFactorProof = { mfaEnabledAt: Date | null };

/**
 * Opens a session for a user who has just proved their identity.
 *
 * @param proof the user, with the password hash that the proof was checked against (null when it was not a
 *   password): if it changed meanwhile, or the user was banned, the proof is no longer valid.
 * @throws AppError `auth/invalid-credentials` (401).
 */
export async function startSession(
  proof: { id: string; passwordHash: string | null },
  { mfaEnabledAt }: SecondFactorProof,
  client: Client,
): Promise<TokenPair> {
  // FOR SHARE waits for a password change in flight and then reads its outcome; a change that comes later waits
  // for us and ends this session with the others.
  const [session] = await query<{ id: string }>(Prisma.sql`
    INSERT INTO "Session" ("userId", ${sessionColumns})
    SELECT id, ${newSession(client)} FROM "User"
     WHERE id = ${proof.id} AND "passwordHash" IS NOT DISTINCT FROM ${proof.passwordHash} AND "bannedAt" IS NULL
       AND "mfaEnabledAt" IS NOT DISTINCT FROM ${mfaEnabledAt}::timestamptz
       FOR SHARE
    RETURNING id`);
  if (!session) throw new AppError("auth/invalid-credentials");
  return openSession({ userId: proof.id, sessionId: session.id }, client);
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
  return db.$transaction(async (tx) => {
    // The user first: removing a passkey locks the user too, and we then read its outcome.
    const [user] = await tx.$queryRaw<{ isBanned: boolean }[]>(Prisma.sql`
      SELECT u."bannedAt" IS NOT NULL AS "isBanned"
        FROM "User" u JOIN "Passkey" p ON p."userId" = u.id WHERE p.id = ${passkeyId} FOR SHARE OF u`);
    if (user?.isBanned) throw new AppError("auth/account-banned");
    const userId = await recordPasskeyUse({ passkeyId, counter }, tx);
    const [session] = await tx.$queryRaw<{ id: string }[]>(Prisma.sql`
      INSERT INTO "Session" ("userId", "passkeyId", ${sessionColumns})
      VALUES (${userId}, ${passkeyId}, ${newSession(client)})
      RETURNING id`);
    if (!session) throw new AppError("auth/invalid-passkey");
    return openSession({ userId, sessionId: session.id }, client);
  });
}

/** Issues the first tokens of a session, and mails a notice about an unknown device. */
export function openSession(
  session: { userId: string; sessionId: string },
  client: Client,
): Promise<TokenPair> {
  afterResponse(() => mailNewDevice(session.sessionId, client));
  return tokenPairOf({ ...session, counter: 0 });
}

/**
 * Opens a session for a user who has just used a sign-in link. Call it in the transaction that consumes the link, which
 * has locked the user.
 */
export async function startLinkSession(userId: string, client: Client, tx: Transaction): Promise<TokenPair> {
  const [session] = await tx.$queryRaw<{ id: string }[]>(Prisma.sql`
    INSERT INTO "Session" ("userId", ${sessionColumns}) VALUES (${userId}, ${newSession(client)}) RETURNING id`);
  if (!session) throw new Error("The database did not return the session that it stored.");
  return openSession({ userId, sessionId: session.id }, client);
}

/** The columns of a session that `newSession` has values for. */
export const sessionColumns = Prisma.sql`id, "expiresAt", "endsAt", "userAgent", "ipAddress", network`;

/** @returns the values of `sessionColumns` for a session that starts now. */
export function newSession({ userAgent, ip }: Client): Prisma.Sql {
  return Prisma.sql`${crypto.randomUUID()}::uuid,
    now() + ${Math.min(env().REFRESH_TOKEN_TTL, maxSessionSeconds)} * interval '1 second',
    now() + ${maxSessionSeconds} * interval '1 second',
    ${userAgent}::text, ${ip}::text, ${networkOf(ip)}::text`;
}
