import "server-only";
import {
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import { actorOf } from "@/lib/access/actor";
import type { CurrentUser } from "@/lib/auth/sessions/current-user";
import { lockSession } from "@/lib/auth/sessions/lock-session";
import { requireRecentAuthentication } from "@/lib/auth/sessions/recent-authentication";
import { site } from "@/lib/config/site";
import type { Client } from "@/lib/core/client";
import { onDuplicate } from "@/lib/core/database-errors";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { prepareNotice } from "@/lib/email/prepare-notice";
import { log } from "@/lib/runtime/log";
import { challengeSeconds, consumeChallenge, storeChallenge } from "./challenges";
import type { ListedPasskey, PasskeyInput, Registration } from "./contract";
import { listedFields } from "./passkeys";
import { relyingParty, userHandleOf, verifyOrReject } from "./relying-party";

/**
 * Begins the registration of a passkey: a discoverable credential on an authenticator that verifies its user, and that
 * has none for this account yet.
 *
 * @returns the options for the browser, with a challenge that works once, within five minutes, for this session.
 */
export async function passkeyCreationOptions(
  user: CurrentUser,
  client: Client,
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const passkeys = await db.passkey.findMany({
    where: { userId: user.id },
    select: { credentialId: true, transports: true },
  });
  const options = await generateRegistrationOptions({
    rpName: site.name[client.locale],
    rpID: relyingParty().id,
    userID: userHandleOf(user.id),
    userName: user.email,
    userDisplayName: user.name,
    timeout: challengeSeconds * 1000,
    attestationType: "none",
    excludeCredentials: passkeys.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  });
  await storeChallenge(options.challenge, user.sessionId);
  return options;
}

/**
 * Adds the passkey that a browser created, and mails a notice.
 *
 * @throws AppError `auth/reauthentication-required` (403), which consumes nothing; `auth/invalid-passkey` (401),
 *   also for a passkey that is registered already; as `lockSession` where the user was signed out meanwhile.
 * @see https://www.w3.org/TR/webauthn-3/#sctn-registering-a-new-credential
 */
export async function addPasskey(
  { name, response }: PasskeyInput,
  user: CurrentUser,
  client: Client,
): Promise<ListedPasskey> {
  requireRecentAuthentication(user);
  const credential = await verifyRegistration(response, user);
  const queueNotice = await prepareNotice(user, { template: "passkey-added" });
  const passkey = await db.$transaction(async (tx) => {
    // A session that is being ended must not add a sign-in method.
    await lockSession(actorOf(user), tx);
    const added = await tx.passkey
      .create({ data: { ...credential, userId: user.id, name }, select: listedFields })
      .catch(onDuplicate("auth/invalid-passkey"));
    await queueNotice(tx);
    return added;
  });
  log.info("auth.passkey-added", { userId: user.id, passkeyId: passkey.id }, client);
  return passkey;
}

/**
 * 1,023 bytes in base64url.
 *
 * @see https://www.w3.org/TR/webauthn-3/#credential-id
 */
const maxCredentialIdLength = 1364;

async function verifyRegistration(response: Registration, user: CurrentUser) {
  const { id, origin } = relyingParty();
  const expectedChallenge = await consumeChallenge(response.response.clientDataJSON, user.sessionId);
  const { registrationInfo } = await verifyOrReject(
    () =>
      verifyRegistrationResponse({
        response: { ...response, authenticatorAttachment: undefined, clientExtensionResults: {} },
        expectedChallenge,
        expectedOrigin: origin,
        expectedRPID: id,
        requireUserVerification: true,
      }),
    user.id,
  );
  const { id: credentialId, publicKey, counter } = registrationInfo.credential;
  if (credentialId.length > maxCredentialIdLength) {
    throw new AppError("auth/invalid-passkey", { account: user.id });
  }
  const transports = response.response.transports?.filter((name) => /^[a-z-]{1,20}$/.test(name)) ?? [];
  return { credentialId, publicKey, counter, transports };
}
