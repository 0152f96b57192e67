import "server-only";
import { env } from "@/lib/config/env";
import { type Client, networkOf } from "@/lib/core/client";
import { Prisma, type Transaction } from "@/lib/core/db";
import { afterResponse } from "@/lib/email/after-response";
import type { TokenPair } from "./contract";
import { mailNewDevice } from "./new-device";
import { maxSessionSeconds, tokenPairOf } from "./sessions";

/**
 * The state of the second factor at a sign-in, from `requireSecondFactor`. If the factor was turned on, off or replaced
 * meanwhile, the session does not open.
 */
export type SecondFactorProof = { mfaEnabledAt: Date | null };

/**
 * Opens a session for a user who has just proved their identity, and mails a notice about an unknown device. Call it in
 * the transaction that created the user, or that locked the user and then checked the proof again: an earlier change of
 * access takes effect, and a later one waits and ends this session with the others.
 *
 * @param options.accountId the linked account that was used to sign in: unlinking it ends the session.
 * @param options.passkeyId the same for a passkey.
 * @returns the first tokens of the session.
 */
export async function startSession(
  userId: string,
  client: Client,
  tx: Transaction,
  { accountId = null, passkeyId = null }: { accountId?: string | null; passkeyId?: string | null } = {},
): Promise<TokenPair> {
  const sessionId = crypto.randomUUID();
  await tx.$executeRaw(Prisma.sql`
    INSERT INTO "Session" (id, "userId", "accountId", "passkeyId", "expiresAt", "endsAt", "userAgent", "ipAddress", network)
    VALUES (${sessionId}::uuid, ${userId}, ${accountId}, ${passkeyId},
            now() + ${Math.min(env().REFRESH_TOKEN_TTL, maxSessionSeconds)} * interval '1 second',
            now() + ${maxSessionSeconds} * interval '1 second',
            ${client.userAgent}, ${client.ip}, ${networkOf(client.ip)})`);
  afterResponse(() => mailNewDevice(sessionId, client));
  return tokenPairOf({ userId, sessionId, counter: 0 });
}
