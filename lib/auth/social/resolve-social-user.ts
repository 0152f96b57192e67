import "server-only";
import { type Agreements, recordConsents } from "@/lib/auth/accounts/consents";
import { requireOpenRegistration } from "@/lib/auth/accounts/registration";
import {
  countVerificationEmail,
  hasRoomForVerificationEmail,
  queueVerificationEmail,
} from "@/lib/auth/email/email-verification";
import {
  type AcceptedInvitation,
  applyInvitation,
  consumeInvitation,
} from "@/lib/auth/invitations/accept-invitation";
import { clearUnverifiedAccount } from "@/lib/auth/methods/clear-unverified-account";
import type { Client } from "@/lib/core/client";
import { isDuplicate } from "@/lib/core/database-errors";
import { db, Prisma, type Transaction } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { afterResponse } from "@/lib/email/after-response";
import { queueMail } from "@/lib/email/outbox";
import { log } from "@/lib/runtime/log";
import { providers } from "@/lib/social-providers/social-providers";
import { importProviderAvatar } from "./import-provider-avatar";
import { type SocialIdentity, vouchedEmailOf } from "./social-identity";
import type { SocialUser } from "./social-tokens";

/**
 * Decides which user a provider has identified, for every flow. The user of a linked account stays that user, whatever
 * their address is by now. Others get a new account, or are linked to the account with their address.
 *
 * @param signUpDetails what the sign-up page passes, for a new user.
 * @throws AppError `auth/registration-closed` (403), `auth/email-already-exists` (409), `auth/account-banned` (403),
 *   `auth/oauth-callback-failed` (500) for a new user without an address.
 * @see bkend: authentication, social sign-in; "Pre-hijacked accounts" (2022)
 */
export async function resolveSocialUser(
  identity: SocialIdentity,
  client: Client,
  signUpDetails: SignUpDetails = {},
): Promise<SocialUser> {
  const known = await findAccount(identity);
  if (known) return known;
  const { email, isEmailVerified } = identity;
  const mailedTo = email && !isEmailVerified && (await hasRoomForVerificationEmail(email)) ? email : null;
  for (let attempt = 1; ; attempt += 1) {
    try {
      const { event, userId, ...socialUser } = await db.$transaction((tx) =>
        linkOrCreateUser(identity, client, { ...signUpDetails, isMailed: mailedTo !== null }, tx),
      );
      if (mailedTo && socialUser.isNewUser) await countVerificationEmail(mailedTo);
      // The picture is imported after the response: no request waits for it.
      if (socialUser.isNewUser)
        afterResponse(() => importProviderAvatar({ id: userId, image: identity.image }));
      log.info(event, { userId, provider: identity.provider }, client);
      return socialUser;
    } catch (error) {
      // Of many concurrent requests with one new account one succeeds. The others find the account here.
      const meanwhile = await findAccount(identity);
      if (meanwhile) return meanwhile;
      const isConcurrentChange = error instanceof ConcurrentChange || isDuplicate(error);
      if (!isConcurrentChange || attempt === maxAttempts) throw error;
    }
  }
}

const maxAttempts = 4;

/** What a new user agreed to, and their invitation. */
type SignUpDetails = Agreements & { invitationToken?: string | undefined };

/** The same, and whether the link that confirms the address is mailed. */
type NewUserDetails = SignUpDetails & { isMailed: boolean };

type ResolvedUser = SocialUser & { userId: string; event: string };

/** Another request was faster, and the decision no longer holds. */
class ConcurrentChange extends Error {
  override name = "ConcurrentChange";
}

/** Finds an existing linked account, and updates its address, which may have changed at the provider. */
async function findAccount(identity: SocialIdentity): Promise<SocialUser | null> {
  const { provider, providerAccountId } = identity;
  const account = await db.account.findUnique({
    where: { provider_providerAccountId: { provider, providerAccountId } },
    select: { id: true, email: true, user: { select: { bannedAt: true } } },
  });
  if (!account) return null;
  if (account.user.bannedAt) throw new AppError("auth/account-banned");
  const email = vouchedEmailOf(identity);
  if (account.email !== email) await db.account.updateMany({ where: { id: account.id }, data: { email } });
  return { accountId: account.id, isNewUser: false };
}

/** Resolves a user who signs in with this account for the first time. */
async function linkOrCreateUser(
  identity: SocialIdentity,
  client: Client,
  details: NewUserDetails,
  tx: Transaction,
): Promise<ResolvedUser> {
  const { email, isEmailVerified, provider } = identity;
  if (!email) {
    throw new AppError("auth/oauth-callback-failed", { cause: new Error(`${provider} told no address.`) });
  }
  // Locked, so that the address is still theirs when the account is linked.
  await tx.$queryRaw(Prisma.sql`SELECT id FROM "User" WHERE email = ${email} FOR NO KEY UPDATE`);
  const holder = await tx.user.findUnique({
    where: { email },
    select: {
      id: true,
      name: true,
      locale: true,
      emailVerified: true,
      bannedAt: true,
      accounts: { where: { provider } },
    },
  });
  if (!holder) return createSocialUser({ ...identity, email }, client, details, tx);

  if (!isEmailVerified) throw new AppError("auth/email-already-exists");
  if (holder.bannedAt) throw new AppError("auth/account-banned");
  if (!holder.emailVerified)
    return takeOverUnverifiedUser(holder.id, { ...identity, email }, client, details, tx);
  // Providers may reassign an address to another person, but never an id.
  if (holder.accounts.length > 0) throw new AppError("auth/email-already-exists");

  const { id: accountId } = await createSocialAccount(holder.id, identity, tx);
  const { name, locale } = holder;
  await queueMail({ to: email, template: "sign-in-method-added", locale, name, provider }, tx);
  return { accountId, isNewUser: false, userId: holder.id, event: "auth.account-joined" };
}

type IdentityWithEmail = SocialIdentity & { email: string };

async function createSocialUser(
  identity: IdentityWithEmail,
  client: Client,
  { isMailed, ...signUpDetails }: NewUserDetails,
  tx: Transaction,
): Promise<ResolvedUser> {
  const { email, name, image, isEmailVerified } = identity;
  const invitation = await acceptInvitation(identity, signUpDetails, tx);
  if (!invitation) requireOpenRegistration();
  const user = await tx.user.create({
    data: { email, name, image, emailVerified: isEmailVerified ? new Date() : null, locale: client.locale },
    select: { id: true, email: true, name: true, locale: true },
  });
  if (invitation) await applyInvitation(invitation, user.id, tx);
  await recordConsents(user.id, signUpDetails, tx);
  if (isMailed) await queueVerificationEmail(user, tx);
  const { id: accountId } = await createSocialAccount(user.id, identity, tx);
  return { accountId, isNewUser: true, userId: user.id, event: "auth.signed-up" };
}

/** Gives the user an account whose address was never confirmed here, but is verified by the provider. */
async function takeOverUnverifiedUser(
  userId: string,
  identity: IdentityWithEmail,
  client: Client,
  signUpDetails: SignUpDetails,
  tx: Transaction,
): Promise<ResolvedUser> {
  const { email, name, image } = identity;
  const owner = { name, image, locale: client.locale };
  if (!(await clearUnverifiedAccount({ id: userId, email }, owner, tx))) throw new ConcurrentChange();
  const invitation = await acceptInvitation(identity, signUpDetails, tx);
  if (invitation) await applyInvitation(invitation, userId, tx);
  await recordConsents(userId, signUpDetails, tx);
  const { id: accountId } = await createSocialAccount(userId, identity, tx);
  return { accountId, isNewUser: true, userId, event: "auth.account-taken-over" };
}

/** An invitation is valid for its address only, which the provider has to vouch for. */
async function acceptInvitation(
  { email, isEmailVerified }: IdentityWithEmail,
  { invitationToken }: SignUpDetails,
  tx: Transaction,
): Promise<AcceptedInvitation | null> {
  if (!invitationToken) return null;
  if (!isEmailVerified) throw new AppError("auth/invalid-token");
  return consumeInvitation({ token: invitationToken, email }, tx);
}

/** Creates the linked account of an identity. It may exist already, which the database rejects as a duplicate. */
export async function createSocialAccount(
  userId: string,
  identity: SocialIdentity,
  tx: Transaction,
): Promise<{ id: string; createdAt: Date }> {
  const { provider, providerAccountId } = identity;
  return tx.account.create({
    data: {
      userId,
      provider,
      providerAccountId,
      email: vouchedEmailOf(identity),
      type: providers[provider].type,
    },
    select: { id: true, createdAt: true },
  });
}
