import "server-only";
import type { Client } from "@/lib/core/client";
import { isDuplicate } from "@/lib/core/database-errors";
import { db, Prisma, type Transaction } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { isWithinLimit, limit } from "@/lib/core/rate-limit";
import { queueMail } from "@/lib/email/outbox";
import { log } from "@/lib/runtime/log";
import { type Agreements, recordConsents } from "./accounts/consents";
import { isRegistrationOpen, requireOpenRegistration } from "./accounts/registration";
import type { MagicLinkInput, MagicLinkRequest } from "./contract";
import { decoyAddressee } from "./email/email-verification";
import { consumeMagicLink, issueMagicLink, requireMagicLink, requireMagicLinks } from "./email/magic-links";
import { requireSecondFactor } from "./factors/second-factor";
import { applyInvitation, consumeLinkedInvitation, requireInvitation } from "./invitations/accept-invitation";
import { clearUnverifiedAccount } from "./methods/clear-unverified-account";
import type { TokenPair } from "./sessions/contract";
import { clearSignInFailures } from "./sessions/sign-in-failures";
import { type SecondFactorProof, startSession } from "./sessions/start-session";

/**
 * Mails a sign-in link, which opens an account where the address has none.
 *
 * @returns the work to do after the response. It is the same for an address that may not sign up, so that timing does
 *   not reveal who has an account.
 * @throws AppError `auth/magiclink-disabled` (400), `auth/too-many-requests` (429), and as `requireInvitation`.
 * @see bkend: authentication, magic link
 */
export async function requestMagicLink(
  { email, callbackUrl, invitationToken }: MagicLinkRequest,
  client: Client,
): Promise<() => Promise<void>> {
  requireMagicLinks();
  await limit("mail", client.ip);
  const invitation =
    invitationToken === undefined ? null : await requireInvitation({ token: invitationToken, email });
  const user = await db.user.findUnique({ where: { email }, select: { name: true, locale: true } });
  const mayMail = await isWithinLimit("mailAccount", `magic-link ${email}`);
  const isDecoy = !user && !invitation && !isRegistrationOpen();
  const { name, locale } = isDecoy
    ? decoyAddressee(email)
    : (user ?? { name: invitation?.name ?? "", locale: client.locale });
  return async () => {
    if (!mayMail) return;
    await db.$transaction(async (tx) => {
      const token = await issueMagicLink({ email, invitationId: invitation?.id ?? null }, tx, { isDecoy });
      await queueMail({ to: email, template: "magic-link", locale, name, token, callbackUrl }, tx, {
        isDecoy,
      });
    });
  };
}

/**
 * Signs in by a mailed link, which proves the address. An account that was never verified is cleared first; an
 * address without an account gets a new one.
 *
 * @param agreements what a new user agreed to on the page of the link.
 * @returns tokens, and whether the account is new to the user.
 * @throws AppError `auth/magiclink-disabled` (400), `auth/invalid-token` (401), `auth/token-expired` (401),
 *   `auth/account-banned` (403), `auth/registration-closed` (403).
 * @see bkend: authentication, magic link; "Pre-hijacked accounts" (2022)
 */
export async function signInByLink(
  { token, mfaCode }: MagicLinkInput,
  client: Client,
  agreements: Agreements = {},
): Promise<TokenPair & { is_new_user: boolean }> {
  requireMagicLinks();
  // Checked before it is consumed, so that it still works after an error.
  const { email } = await requireMagicLink(token);
  const holder = await findHolder(email, db);
  if (holder?.bannedAt) throw new AppError("auth/account-banned", { account: holder.id });
  // An account that was never confirmed loses its second factor instead.
  const secondFactor = holder?.emailVerified
    ? await requireSecondFactor(holder, mfaCode, client)
    : { mfaEnabledAt: null };

  for (let attempt = 1; ; attempt += 1) {
    try {
      const { event, userId, isNewUser, ...tokens } = await db.$transaction((tx) =>
        exchangeToken({ token, email, secondFactor }, client, agreements, tx),
      );
      await clearSignInFailures(email);
      log.info(event, { userId, method: "magiclink" }, client);
      return { ...tokens, is_new_user: isNewUser };
    } catch (error) {
      // The address was signed up meanwhile; the link is still unused, and now signs in to that account.
      if (!isDuplicate(error) || attempt === maxAttempts) throw error;
    }
  }
}

const maxAttempts = 3;

/** @returns the address of a link, and whether it would create or clear an account. It is not consumed. */
export async function findLinkHolder(
  token: string,
): Promise<{ email: string; isNewUser: boolean; asksForCode: boolean }> {
  requireMagicLinks();
  const { email } = await requireMagicLink(token);
  const holder = await findHolder(email, db);
  const isNewUser = !holder?.emailVerified;
  return { email, isNewUser, asksForCode: !isNewUser && holder.mfaEnabledAt !== null };
}

type Outcome = TokenPair & { event: string; userId: string; isNewUser: boolean };

async function exchangeToken(
  { token, email, secondFactor }: { token: string; email: string; secondFactor: SecondFactorProof },
  client: Client,
  agreements: Agreements,
  tx: Transaction,
): Promise<Outcome> {
  // Locks the user first, as every change of access does.
  await tx.$queryRaw(Prisma.sql`SELECT id FROM "User" WHERE email = ${email} FOR NO KEY UPDATE`);
  const link = await consumeMagicLink(token, tx);
  const holder = await findHolder(email, tx);
  if (holder?.bannedAt) throw new AppError("auth/account-banned", { account: holder.id });
  if (holder?.emailVerified) {
    // The second factor was turned on or replaced since the code was requested.
    if (holder.mfaEnabledAt?.getTime() !== secondFactor.mfaEnabledAt?.getTime()) {
      throw new AppError("auth/mfa-required", { account: holder.id });
    }
    return { ...(await startSession(holder.id, client, tx)), ...outcomeOf("auth.signed-in", holder.id) };
  }

  const invitation =
    link.invitationId === null
      ? null
      : await consumeLinkedInvitation({ email, invitationId: link.invitationId }, tx);
  if (!holder && !invitation) requireOpenRegistration();
  const [mailbox = ""] = email.split("@");
  const owner = { name: invitation?.name ?? mailbox, image: null, locale: client.locale };
  const userId = holder?.id ?? (await createUser({ ...owner, email }, tx));
  if (holder && !(await clearUnverifiedAccount({ id: userId, email }, owner, tx))) {
    throw new AppError("auth/invalid-token");
  }
  if (invitation) await applyInvitation(invitation, userId, tx);
  await recordConsents(userId, agreements, tx);
  const tokens = await startSession(userId, client, tx);
  return { ...tokens, ...outcomeOf(holder ? "auth.account-taken-over" : "auth.signed-up", userId) };
}

function outcomeOf(event: string, userId: string) {
  return { event, userId, isNewUser: event !== "auth.signed-in" };
}

async function createUser(
  fields: { email: string; name: string; image: null; locale: string },
  tx: Transaction,
): Promise<string> {
  const { id } = await tx.user.create({
    data: { ...fields, emailVerified: new Date() },
    select: { id: true },
  });
  return id;
}

function findHolder(email: string, tx: Transaction) {
  return tx.user.findUnique({
    where: { email },
    select: { id: true, emailVerified: true, bannedAt: true, mfaEnabledAt: true },
  });
}
