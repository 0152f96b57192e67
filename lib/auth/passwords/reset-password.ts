import "server-only";
import {
  consumeEmailToken,
  decoyUserId,
  issueEmailToken,
  requireEmailToken,
  revokeEmailTokens,
} from "@/lib/auth/email/email-tokens";
import { lockAddressee, queueVerificationEmail } from "@/lib/auth/email/email-verification";
import { removeAccounts } from "@/lib/auth/factors/remove-accounts";
import { endSessions } from "@/lib/auth/sessions/sessions";
import { clearSignInFailures } from "@/lib/auth/sessions/sign-in-failures";
import type { Client } from "@/lib/core/client";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { isWithinLimit } from "@/lib/core/rate-limit";
import { queueMail } from "@/lib/email/outbox";
import { prepareNotice } from "@/lib/email/prepare-notice";
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
  const found = await db.user.findUnique({ where: { email }, select: { id: true, emailVerified: true } });
  const purpose = !found || found.emailVerified ? "reset-password" : "verify-sign-up";
  const mayMail = await isWithinLimit("mailAccount", `${purpose} ${email}`);
  return async () => {
    if (!mayMail) return;
    await db.$transaction(async (tx) => {
      const locked = await lockAddressee({ id: found?.id ?? decoyUserId, email }, tx);
      if (!locked) return;
      if (purpose === "verify-sign-up") return queueVerificationEmail(locked, tx);
      const { id: userId, name, locale } = locked;
      const token = await issueEmailToken(purpose, { userId, email }, tx);
      await queueMail({ to: email, template: purpose, locale, name, token }, tx, { isDecoy: !found });
    });
  };
}

/**
 * Sets a new password with an emailed token. Ends every session, revokes all other mailed tokens, and removes linked
 * accounts whose address is not the account's. Earlier failures to sign in are cleared, unless the account has a second
 * factor: an attacker who reads the mailbox would get more guesses of its codes.
 *
 * @throws AppError `auth/invalid-token` (401), `auth/token-expired` (401), `common/unavailable` (503).
 * @see bkend: authentication, password reset; "Pre-hijacked accounts" (2022)
 */
export async function resetPassword(
  { email, token, newPassword }: PasswordResetInput,
  client: Client,
): Promise<void> {
  const emailToken = { purpose: "reset-password", email, token } as const;
  const user = await requireEmailToken(emailToken);
  const passwordHash = await hashPassword(newPassword);
  const queueNotice = await prepareNotice(user, { template: "password-changed" });

  const { userId, mfaEnabledAt } = await db.$transaction(async (tx) => {
    const { userId } = await consumeEmailToken(emailToken, tx);
    const [changed] = await tx.user.updateManyAndReturn({
      where: { id: userId, email },
      data: { passwordHash, passwordChangedAt: new Date() },
      select: { mfaEnabledAt: true },
    });
    if (!changed) throw new AppError("auth/invalid-token");
    await endSessions(userId, tx);
    // An intruder may have linked one to get back in. Any account not known to have this address counts as theirs;
    // the owner's is linked again at the next sign-in with it.
    await removeAccounts(userId, tx, { OR: [{ email: null }, { email: { not: email } }] });
    await revokeEmailTokens(userId, tx);
    await queueNotice(tx);
    return { userId, ...changed };
  });

  if (!mfaEnabledAt) await clearSignInFailures(email);
  log.info("auth.password-reset", { userId }, client);
}
