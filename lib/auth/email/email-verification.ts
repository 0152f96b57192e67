import "server-only";
import { actorOf } from "@/lib/access/actor";
import { lockUser } from "@/lib/auth/accounts/lock-user";
import type { CurrentUser } from "@/lib/auth/sessions/current-user";
import { lockSession } from "@/lib/auth/sessions/lock-session";
import { requireRecentAuthentication } from "@/lib/auth/sessions/recent-authentication";
import { endSessions } from "@/lib/auth/sessions/sessions";
import type { Client } from "@/lib/core/client";
import { onDuplicate } from "@/lib/core/database-errors";
import { db, type Transaction } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { hasRoom, isWithinLimit } from "@/lib/core/rate-limit";
import { queueMail } from "@/lib/email/outbox";
import { log } from "@/lib/runtime/log";
import { issueAddressUndo } from "./address-undos";
import type { ConfirmEmailInput, SendVerificationInput } from "./contract";
import {
  consumeEmailToken,
  decoyUserId,
  issueEmailToken,
  requireEmailToken,
  revokeEmailTokens,
} from "./email-tokens";

type Addressee = { id: string; email: string; name: string; locale: string };

/** Stands for the user of an address without an account: email to it is queued like any other, but not sent. */
export function decoyAddressee(email: string): Addressee {
  return { id: decoyUserId, email, name: "Decoy", locale: "en" };
}

const addressee = { id: true, email: true, name: true, locale: true, emailVerified: true } as const;

/**
 * Locks the user whom a guest's request named by their address, for its work after the response. The same work is done
 * for an address without an account.
 *
 * @returns null if the address is no longer theirs.
 */
export async function lockAddressee(
  { id, email }: Pick<Addressee, "id" | "email">,
  tx: Transaction,
): Promise<Addressee | null> {
  await lockUser(id, tx);
  const user = await tx.user.findUnique({ where: { id, email }, select: addressee });
  return id === decoyUserId ? decoyAddressee(email) : user;
}

/**
 * Resends the link that confirms a sign-up address.
 *
 * @returns the work to do after the response. It is the same for an address without an account, so that timing does
 *   not reveal who has one.
 * @throws AppError `auth/already-verified` (400).
 * @see bkend: authentication, sign-up verification
 */
export async function resendSignUpVerification({
  email,
  callbackUrl,
}: SendVerificationInput): Promise<() => Promise<void>> {
  const user = await db.user.findUnique({ where: { email }, select: { id: true, emailVerified: true } });
  if (user?.emailVerified) throw new AppError("auth/already-verified");
  const mayMail = await countVerificationEmail(email);
  return async () => {
    if (!mayMail) return;
    await db.$transaction(async (tx) => {
      const locked = await lockAddressee({ id: user?.id ?? decoyUserId, email }, tx);
      if (locked) await queueVerificationEmail(locked, tx, callbackUrl);
    });
  };
}

/**
 * Whether a sign-up may mail the link that confirms its address: not too often, also after the account is deleted, since
 * repeated sign-ups and withdrawals must not flood a mailbox. `countVerificationEmail` counts it once the account exists:
 * of many concurrent sign-ups only one mails.
 */
export async function hasRoomForVerificationEmail(email: string): Promise<boolean> {
  return hasRoom("mailAccount", `verify-sign-up ${email}`);
}

/** @returns whether the email is within the limit. */
export async function countVerificationEmail(email: string): Promise<boolean> {
  return isWithinLimit("mailAccount", `verify-sign-up ${email}`);
}

/** Queues the email whose link confirms the address that a user signed up with. */
export async function queueVerificationEmail(
  { id, email, name, locale }: Addressee,
  tx: Transaction,
  callbackUrl?: string,
): Promise<void> {
  const token = await issueEmailToken("verify-sign-up", { userId: id, email }, tx);
  await queueMail(
    { to: email, template: "verify-sign-up", locale, name, token, ...(callbackUrl && { callbackUrl }) },
    tx,
    { isDecoy: id === decoyUserId },
  );
}

/**
 * Confirms the address that a user signed up with.
 *
 * @throws AppError `auth/invalid-token` (401), `auth/token-expired` (401), `auth/already-verified` (400).
 * @see bkend: authentication, sign-up verification
 */
export async function confirmSignUpEmail({ email, token }: ConfirmEmailInput, client: Client): Promise<void> {
  const userId = await db.$transaction(async (tx) => {
    const { userId } = await consumeEmailToken({ purpose: "verify-sign-up", email, token }, tx);
    const { count } = await tx.user.updateMany({
      where: { id: userId, email, emailVerified: null },
      data: { emailVerified: new Date() },
    });
    if (count === 0) throw new AppError("auth/already-verified");
    return userId;
  });
  log.info("auth.email-verified", { userId }, client);
}

/**
 * Mails a link that confirms an address: a signed-in user may name a new one; a guest names the address of an
 * existing account.
 *
 * @returns the work to do after the response. It is the same for an address without an account, so that timing does
 *   not reveal who has one.
 * @throws AppError `auth/already-verified` (400); signed in only, `auth/reauthentication-required` (403) for a new
 *   address, `auth/email-already-exists` (409), and as `lockSession`.
 * @see bkend: authentication, email verification
 */
export async function sendAddressVerification(
  { email, callbackUrl }: SendVerificationInput,
  user: CurrentUser | null,
): Promise<() => Promise<void>> {
  if (user && email !== user.email) requireRecentAuthentication(user);
  const holder = await db.user.findUnique({ where: { email }, select: { id: true, emailVerified: true } });
  if (user && holder && holder.id !== user.id) throw new AppError("auth/email-already-exists");
  if (holder?.emailVerified) throw new AppError("auth/already-verified");

  const mayMail =
    (!user || (await isWithinLimit("mailAccount", `verify-new-address ${user.id}`))) &&
    // By address too: a user with many accounts must not flood one mailbox.
    (await isWithinLimit("mailAccount", `verify-new-address ${email}`));
  const userId = user?.id ?? holder?.id ?? decoyUserId;
  const write = async () => {
    if (!mayMail) return;
    await db.$transaction(async (tx) => {
      if (user) await lockSession(actorOf(user), tx);
      const locked = user
        ? await tx.user.findUnique({ where: { id: userId }, select: addressee })
        : await lockAddressee({ id: userId, email }, tx);
      if (!locked) return;
      // A guest who only knows the address must not cancel a change that its user has requested.
      if (!user && (await findPendingAddress({ id: userId, email }, tx))) return;
      const { name, locale } = locked;
      const sessionId = user?.sessionId ?? null;
      const token = await issueEmailToken("verify-new-address", { userId, email, sessionId }, tx);
      await queueMail(
        {
          to: email,
          template: "verify-new-address",
          locale,
          name,
          token,
          ...(callbackUrl && { callbackUrl }),
        },
        tx,
        { isDecoy: userId === decoyUserId },
      );
    });
  };
  if (!user) return write;
  // Written before the response, which reports a session that ended meanwhile. Its duration reveals nothing new: an
  // address of another account was rejected above.
  await write();
  return async () => {};
}

/**
 * Confirms an address with the token that was mailed to it, and makes it the account's. Sessions other than the one
 * that requested the change end. The previous address is mailed a link that undoes the change; one that was never verified
 * may belong to a stranger, so a limit protects it from a flood of emails.
 *
 * @throws AppError `auth/invalid-token` (401), `auth/token-expired` (401), `auth/already-verified` (400),
 *   `auth/email-already-exists` (409) when another user has taken it meanwhile.
 * @see bkend: authentication, email verification
 */
export async function confirmAddress({ email, token }: ConfirmEmailInput, client: Client): Promise<void> {
  const emailToken = { purpose: "verify-new-address", email, token } as const;
  const user = await requireEmailToken(emailToken);
  const mayMailUnverified =
    user.email !== email &&
    !user.emailVerified &&
    (await isWithinLimit("mailAccount", `address-changed ${user.email}`));
  const userId = await db.$transaction(async (tx) => {
    const { userId, sessionId } = await consumeEmailToken(emailToken, tx);
    await lockUser(userId, tx);
    const before = await tx.user.findUniqueOrThrow({ where: { id: userId }, select: addressee });
    if (before.email === email && before.emailVerified) throw new AppError("auth/already-verified");

    await tx.user
      .update({ where: { id: userId }, data: { email, emailVerified: new Date() }, select: { id: true } })
      .catch(onDuplicate("auth/email-already-exists"));
    if (before.email === email) return userId;

    // Links that were mailed to the old address must no longer change the account.
    await revokeEmailTokens(userId, tx, "reset-password");
    await revokeEmailTokens(userId, tx, "verify-sign-up");
    await endSessions(userId, tx, sessionId === null ? {} : { id: { not: sessionId } });
    if (before.emailVerified || mayMailUnverified) await queueUndoLink(before, email, tx);
    return userId;
  });
  log.info("auth.address-confirmed", { userId }, client);
}

async function queueUndoLink(
  before: Addressee & { emailVerified: Date | null },
  newEmail: string,
  tx: Transaction,
): Promise<void> {
  const token = await issueAddressUndo(before, tx);
  const { email, name, locale } = before;
  await queueMail({ to: email, template: "address-changed", locale, name, newEmail, token }, tx);
}

/** Cancels an unconfirmed change of address: its link stops working. */
export async function cancelAddressChange(
  { id, email }: { id: string; email: string },
  tx: Transaction = db,
): Promise<void> {
  // A token for the current address confirms that address and changes none.
  await tx.emailToken.deleteMany({
    where: { userId: id, purpose: "verify-new-address", email: { not: email } },
  });
}

/** @returns the new address that is not confirmed yet, or null. */
export async function findPendingAddress(
  user: { id: string; email: string },
  tx: Transaction = db,
): Promise<string | null> {
  const pending = await tx.emailToken.findFirst({
    where: {
      userId: user.id,
      purpose: "verify-new-address",
      usedAt: null,
      expiresAt: { gt: new Date() },
      email: { not: user.email },
    },
    select: { email: true },
  });
  return pending?.email ?? null;
}
