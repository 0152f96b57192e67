import "server-only";
import { db, onDuplicate, type Transaction } from "@/lib/db";
import type { Client } from "@/lib/http/client";
import { log } from "@/lib/log";
import { site } from "@/lib/site";
import type { SignUpInput, TokenPair } from "./contract";
import { queueVerificationEmail } from "./email-verification";
import { hashPassword } from "./passwords";
import { startSession } from "./sessions";

/**
 * Creates an account, mails a verification link and signs the newcomer in.
 *
 * @returns an access token that lives 3600 seconds, and its refresh token.
 * @throws ApiError `auth/email-already-exists` (409), `common/unavailable` (503).
 * @see bkend: authentication, email sign-up
 */
export async function signUp(
  { email, password, name, ...agreements }: SignUpInput,
  client: Client,
): Promise<TokenPair> {
  const passwordHash = await hashPassword(password);

  const user = await db.$transaction(async (tx) => {
    const user = await tx.user
      .create({
        data: { email, name, passwordHash, locale: client.locale },
        select: { id: true, email: true, name: true, locale: true, passwordHash: true },
      })
      .catch(onDuplicate("auth/email-already-exists"));
    await recordConsents(user.id, agreements, tx);
    await queueVerificationEmail(user, tx);
    return user;
  });

  log.info("auth.signed-up", { userId: user.id, ip: client.ip, requestId: client.requestId });
  return startSession(user, client);
}

type Agreements = Pick<SignUpInput, "termsAccepted" | "privacyAccepted">;

/** Keeps what was agreed to, in the version that was shown. */
async function recordConsents(userId: string, agreements: Agreements, tx: Transaction): Promise<void> {
  const consents = [
    ...(agreements.termsAccepted ? [{ document: "terms", version: site.agreements.terms }] : []),
    ...(agreements.privacyAccepted ? [{ document: "privacy", version: site.agreements.privacy }] : []),
  ];
  if (consents.length === 0) return;
  await tx.consent.createMany({ data: consents.map((consent) => ({ userId, ...consent })) });
}
