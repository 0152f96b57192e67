import "server-only";
import {
  generateAuthenticationOptions,
  type PublicKeyCredentialRequestOptionsJSON,
  verifyAuthenticationResponse,
} from "@simplewebauthn/server";
import type { TokenPair } from "@/lib/auth/sessions/contract";
import type { CurrentUser } from "@/lib/auth/sessions/current-user";
import { recordPasskeyUse } from "@/lib/auth/sessions/passkey-use";
import { recordReauthenticationByPasskey } from "@/lib/auth/sessions/record-reauthentication";
import { clearFailuresOfUser } from "@/lib/auth/sessions/sign-in-failures";
import { startSession } from "@/lib/auth/sessions/start-session";
import type { Client } from "@/lib/core/client";
import { db, Prisma } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { log } from "@/lib/runtime/log";
import { challengeSeconds, consumeChallenge, storeChallenge } from "./challenges";
import type { Assertion } from "./contract";
import { relyingParty, userHandleOf, verifyOrReject } from "./relying-party";

/**
 * Begins a sign-in by any passkey that the browser or the user has for this site. The request names no account, so the
 * response reveals nothing about any.
 *
 * @returns the options for the browser, with a challenge that works once, within five minutes.
 */
export async function passkeyRequestOptions(): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const options = await generateAuthenticationOptions({
    rpID: relyingParty().id,
    timeout: challengeSeconds * 1000,
    userVerification: "required",
  });
  await storeChallenge(options.challenge, null);
  return options;
}

/**
 * Signs a user in with a passkey. The authenticator has verified its user, so no second factor is asked for.
 *
 * @returns an access token that lives `ACCESS_TOKEN_TTL` seconds, and its refresh token.
 * @throws AppError `auth/invalid-passkey` (401) for an unknown passkey, another site's, a used challenge and a counter
 *   that does not increase alike; `auth/account-banned` (403).
 * @see https://www.w3.org/TR/webauthn-3/#sctn-verifying-assertion
 */
export async function signInWithPasskey(response: Assertion, client: Client): Promise<TokenPair> {
  const { userId, ...use } = await verifyAssertion(response);
  const tokens = await db.$transaction(async (tx) => {
    // The user first: removing a passkey locks the user too, and we then read its outcome.
    const [user] = await tx.$queryRaw<{ isBanned: boolean }[]>(Prisma.sql`
      SELECT "bannedAt" IS NOT NULL AS "isBanned" FROM "User" WHERE id = ${userId} FOR SHARE`);
    if (user?.isBanned) throw new AppError("auth/account-banned");
    await recordPasskeyUse(use, tx);
    return startSession(userId, client, tx, { passkeyId: use.passkeyId });
  });
  await clearFailuresOfUser({ id: userId });
  log.info("auth.signed-in", { userId, method: "passkey" }, client);
  return tokens;
}

/**
 * Verifies the identity of a signed-in user again, by one of their passkeys.
 *
 * @throws AppError `auth/invalid-passkey` (401), also for another user's.
 */
export async function reauthenticateWithPasskey(
  response: Assertion,
  user: CurrentUser,
  client: Client,
): Promise<void> {
  await recordReauthenticationByPasskey(user, await verifyAssertion(response));
  log.info("auth.reauthenticated", { userId: user.id }, client);
}

/** @returns the user whose passkey has signed, and the counter to store. */
async function verifyAssertion(
  assertion: Assertion,
): Promise<{ userId: string; passkeyId: string; counter: number }> {
  const { id, origin } = relyingParty();
  const { userHandle, ...response } = assertion.response;
  const expectedChallenge = await consumeChallenge(response.clientDataJSON, null);
  const passkey = await db.passkey.findUnique({
    where: { credentialId: assertion.id },
    select: { id: true, userId: true, credentialId: true, publicKey: true, counter: true },
  });
  if (!passkey) throw new AppError("auth/invalid-passkey");

  const { userId, credentialId, publicKey } = passkey;
  // The authenticator names the owner. For a discoverable credential it always does.
  if (userHandle !== Buffer.from(userHandleOf(userId)).toString("base64url")) {
    throw new AppError("auth/invalid-passkey", { account: userId });
  }
  const { authenticationInfo } = await verifyOrReject(
    () =>
      verifyAuthenticationResponse({
        response: {
          ...assertion,
          response,
          authenticatorAttachment: undefined,
          clientExtensionResults: {},
        },
        expectedChallenge,
        expectedOrigin: origin,
        expectedRPID: id,
        credential: { id: credentialId, publicKey, counter: Number(passkey.counter) },
        requireUserVerification: true,
      }),
    userId,
  );
  return { userId, passkeyId: passkey.id, counter: authenticationInfo.newCounter };
}
