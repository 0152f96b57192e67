import "server-only";
import type { Client } from "@/lib/core/client";
import { onDuplicate } from "@/lib/core/database-errors";
import { db } from "@/lib/core/db";
import { log } from "@/lib/runtime/log";
import { recordConsents } from "./accounts/consents";
import { requireOpenRegistration } from "./accounts/registration";
import type { SignUpInput } from "./contract";
import {
  countVerificationEmail,
  hasRoomForVerificationEmail,
  queueVerificationEmail,
} from "./email/email-verification";
import { applyInvitation, consumeInvitation, requireInvitation } from "./invitations/accept-invitation";
import { hashPassword } from "./passwords/passwords";
import type { TokenPair } from "./sessions/contract";
import { startSession } from "./sessions/start-session";

/**
 * Creates an account, mails a verification link and signs the new user in. With an invitation the address is
 * verified already, and the account gets the invitation's role.
 *
 * @returns an access token that lives `ACCESS_TOKEN_TTL` seconds, and its refresh token.
 * @throws AppError `auth/registration-closed` (403), `auth/email-already-exists` (409), `common/unavailable` (503), and
 *   as `requireInvitation`.
 * @see bkend: authentication, email sign-up
 */
export async function signUp(
  { email, password, name, invitationToken, ...agreements }: SignUpInput,
  client: Client,
): Promise<TokenPair> {
  const invitation = invitationToken === undefined ? null : { token: invitationToken, email };
  // Before the hash is computed; it is consumed below.
  if (invitation) await requireInvitation(invitation);
  else requireOpenRegistration();
  const passwordHash = await hashPassword(password);
  // The link of an invitation was mailed, which verifies the address.
  const mayMail = !invitation && (await hasRoomForVerificationEmail(email));

  const { userId, tokens } = await db.$transaction(async (tx) => {
    const accepted = invitation && (await consumeInvitation(invitation, tx));
    const user = await tx.user
      .create({
        data: {
          email,
          name,
          passwordHash,
          locale: client.locale,
          ...(accepted && { emailVerified: new Date() }),
        },
        select: { id: true, email: true, name: true, locale: true },
      })
      .catch(onDuplicate("auth/email-already-exists"));
    if (accepted) await applyInvitation(accepted, user.id, tx);
    await recordConsents(user.id, agreements, tx);
    if (mayMail) await queueVerificationEmail(user, tx);
    return { userId: user.id, tokens: await startSession(user.id, client, tx) };
  });
  if (mayMail) await countVerificationEmail(email);

  log.info("auth.signed-up", { userId }, client);
  return tokens;
}
