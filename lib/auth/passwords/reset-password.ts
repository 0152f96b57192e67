import "server-only";
import { removeAccounts } from "@/lib/auth/accounts/remove-accounts";
import {
  consumeEmailToken,
  issueEmailToken,
  requireEmailToken,
  revokeEmailTokens,
} from "@/lib/auth/email/email-tokens";
import { decoyAddressee, queueVerificationEmail } from "@/lib/auth/email/email-verification";
import { endSessions } from "@/lib/auth/sessions/sessions";
import { clearSignInFailures } from "@/lib/auth/sessions/sign-in-failures";
import type { Client } from "@/lib/core/client";
import { db } from "@/lib/core/db";
import { isWithinLimit } from "@/lib/core/rate-limit";
import { queueMail } from "@/lib/email/outbox";
import { log } from "@/lib/runtime/log";
import type { PasswordResetInput } from "./contract";
import { hashPassword } from "./passwords";

/**
 * Mails a link to set a new password. An address that was never verified gets the verification link instead: a reset
 * would give the account to the reader of that mailbox.
 *
 * @returns the work to do after the response. It is the same for an address without an account, so that timing does
 *   not reveal who has one.
 * @see bkend: authentication, password reset
 */
export async function requestPasswordReset({ email }: { email: string }): Promise<() => Promise<void>> {
  const found = await db.user.findUnique({
    where: { email },
    select: { id: true, email: true, name: true, locale: true, emailVerified: true },
  });
  const user = found ?? { ...decoyAddressee(email), emailVerified: new Date() };
  const purpose = user.emailVerified ? "reset-password" : "verify-sign-up";
  const mayMail = await isWithinLimit("mailAccount", `${purpose} ${email}`);
  return async () => {
    if (!mayMail) return;
    await db.$transaction(async (tx) => {
      if (purpose === "verify-sign-up") return queueVerificationEmail(user, tx);
      const token = await issueEmailToken(purpose, { userId: user.id, email }, tx);
      const { name, locale } = user;
      await queueMail({ to: email, template: purpose, locale, name, token }, tx, { isDecoy: !found });
    });
  };
}

/**
 * Sets a new password with an emailed token. Ends every session, revokes all other mailed tokens, and removes linked
 * accounts whose address is not the account's.
 *
 * @throws AppError `auth/invalid-token` (401), `auth/token-expired` (401), `common/unavailable` (503).
 * @see bkend: authentication, password reset; "Pre-hijacked accounts" (2022)
 */
export async function resetPassword(
  { email, token, newPassword }: PasswordResetInput,
  client: Client,
): Promise<void> {
  const emailToken = { purpose: "reset-password", email, token } as const;
  await requireEmailToken(emailToken);
  const passwordHash = await hashPassword(newPassword);

  const userId = await db.$transaction(async (tx) => {
    const { userId } = await consumeEmailToken(emailToken, tx);
    const { name, locale } = await tx.user.update({
      where: { id: userId },
      data: { passwordHash, passwordChangedAt: new Date() },
      select: { name: true, locale: true },
    });
    await endSessions(userId, tx);
    // An intruder may have linked one to get back in. Any account not known to have this address counts as theirs;
    // the owner's is linked again at the next sign-in with it.
    await removeAccounts(userId, tx, { OR: [{ email: null }, { email: { not: email } }] });
    await revokeEmailTokens(userId, tx);
    await queueMail({ to: email, template: "password-changed", locale, name }, tx);
    return userId;
  });

  await clearSignInFailures(email);
  log.info("auth.password-reset", { userId }, client);
}
