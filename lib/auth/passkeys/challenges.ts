import "server-only";
import { decodeClientDataJSON } from "@simplewebauthn/server/helpers";
import { db, Prisma, query } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { hashSecret } from "@/lib/crypto/secrets";

/** How long an authenticator has to respond, also the timeout in browsers. */
export const challengeSeconds = 300;

/**
 * Stores a challenge that was just generated.
 *
 * @param sessionId the session that registers a passkey; null for signing in.
 */
export async function storeChallenge(challenge: string, sessionId: string | null): Promise<void> {
  await db.passkeyChallenge.create({
    data: {
      challengeHash: hashSecret(challenge),
      sessionId,
      expiresAt: new Date(Date.now() + challengeSeconds * 1000),
    },
    select: { challengeHash: true },
  });
}

/**
 * Consumes the challenge that a browser signed. Of concurrent callers only one succeeds, even if its signature then
 * turns out to be invalid.
 *
 * @param clientDataJSON what the browser signed, in base64url.
 * @param sessionId the session that registers a passkey; null for signing in.
 * @returns the challenge, to be compared with the signed one by the verification.
 * @throws AppError `auth/invalid-passkey` (401).
 */
export async function consumeChallenge(clientDataJSON: string, sessionId: string | null): Promise<string> {
  const challenge = challengeIn(clientDataJSON);
  const consumed = await query(Prisma.sql`
    DELETE FROM "PasskeyChallenge"
     WHERE "challengeHash" = ${hashSecret(challenge)} AND "sessionId" IS NOT DISTINCT FROM ${sessionId}::uuid
       AND "expiresAt" > now()
    RETURNING "challengeHash"`);
  if (consumed.length === 0) throw new AppError("auth/invalid-passkey");
  return challenge;
}

function challengeIn(clientDataJSON: string): string {
  try {
    const { challenge }: { challenge: unknown } = decodeClientDataJSON(clientDataJSON);
    if (typeof challenge === "string") return challenge;
  } catch (error) {
    throw new AppError("auth/invalid-passkey", { cause: error });
  }
  throw new AppError("auth/invalid-passkey");
}
