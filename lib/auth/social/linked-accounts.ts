import "server-only";
import { revokeEmailTokens } from "@/lib/auth/email/email-tokens";
import { removeAccounts } from "@/lib/auth/factors/remove-accounts";
import { requireAnotherSignInMethod } from "@/lib/auth/methods/sign-in-methods";
import type { CurrentUser } from "@/lib/auth/sessions/current-user";
import { lockSession } from "@/lib/auth/sessions/lock-session";
import { requireRecentAuthentication } from "@/lib/auth/sessions/recent-authentication";
import { endSessions } from "@/lib/auth/sessions/sessions";
import type { Client } from "@/lib/core/client";
import { onDuplicate } from "@/lib/core/database-errors";
import { db, type Transaction } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { prepareNotice } from "@/lib/email/prepare-notice";
import { type Page, paginate } from "@/lib/lists/pagination";
import { log } from "@/lib/runtime/log";
import { type SocialProvider, socialProviders } from "@/lib/social-providers/social-providers";
import type { LinkedAccount, LinkedAccountQuery, LinkInput, SignInMethod } from "./contract";
import { createSocialAccount } from "./resolve-social-user";
import type { SocialIdentity } from "./social-identity";
import { configuredProviders } from "./social-settings";
import { identifyByProof } from "./social-sign-in";

/**
 * Lists the sign-in methods of a user, the newest first. A password counts as an account named `email`.
 *
 * @see bkend: authentication, linked accounts
 */
export async function listAccounts(
  { page, limit }: LinkedAccountQuery,
  user: { id: string },
): Promise<Page<LinkedAccount>> {
  const all = await findAccounts(user.id, db);
  const start = (page - 1) * limit;
  return {
    items: all.slice(start, start + limit),
    pagination: paginate(all.length, { page, limit }),
  };
}

/** @returns the configured providers at which a user has a linked account. */
export async function listLinkedProviders(userId: string): Promise<SocialProvider[]> {
  const accounts = await db.account.findMany({ where: { userId }, select: { provider: true } });
  return configuredProviders().filter((name) => accounts.some(({ provider }) => provider === name));
}

/**
 * Links an account at a provider to a signed-in user.
 *
 * @throws AppError `auth/unsupported-provider` (400), `auth/reauthentication-required` (403),
 *   `auth/account-already-linked` (409), and as `identify`.
 * @see bkend: authentication, linked accounts
 */
export async function linkAccount(
  { provider, ...proof }: LinkInput,
  user: CurrentUser,
  client: Client,
): Promise<LinkedAccount> {
  if (!isSocialProvider(provider)) throw new AppError("auth/unsupported-provider");
  // Before the provider's proof is verified and consumed.
  requireRecentAuthentication(user);
  return linkIdentity(await identifyByProof(provider, proof), user, client);
}

/**
 * Links an identity of a provider to a signed-in user, and mails a notice.
 *
 * @throws AppError `auth/reauthentication-required` (403); `auth/account-already-linked` (409), to them or to another
 *   user; as `lockSession` where they were signed out meanwhile.
 */
export async function linkIdentity(
  identity: SocialIdentity,
  user: CurrentUser,
  client: Client,
): Promise<LinkedAccount> {
  requireRecentAuthentication(user);
  const { provider, providerAccountId } = identity;
  const queueNotice = await prepareNotice(user, { template: "sign-in-method-added", provider });
  const { id, createdAt } = await db.$transaction(async (tx) => {
    // An intruder whose session is being ended must not leave a way back in.
    await lockSession({ userId: user.id, sessionId: user.sessionId }, tx);
    const linked = await createSocialAccount(user.id, identity, tx).catch(
      onDuplicate("auth/account-already-linked"),
    );
    await queueNotice(tx);
    return linked;
  });
  log.info("auth.account-linked", { userId: user.id, provider }, client);
  return { id, userId: user.id, provider, providerAccountId, connectedAt: createdAt };
}

/**
 * Removes a sign-in method, ends the sessions that it opened, and mails a notice; `email` is the password, and the
 * caller's session stays. A method that does not exist counts as removed.
 *
 * @throws AppError `auth/reauthentication-required` (403), `auth/cannot-unlink-last-account` (400), and as
 *   `lockSession`.
 * @see bkend: authentication, linked accounts
 */
export async function unlinkAccount(
  provider: SignInMethod,
  user: CurrentUser,
  client: Client,
): Promise<void> {
  requireRecentAuthentication(user);
  const queueNotice = await prepareNotice(user, { template: "sign-in-method-removed", provider });
  const isRemoved = await db.$transaction(async (tx) => {
    // Locks the user: two concurrent removals would each count the other's method as the one that is left.
    await lockSession({ userId: user.id, sessionId: user.sessionId }, tx);
    const accounts = await findAccounts(user.id, tx);
    if (!accounts.some((account) => account.provider === provider)) return false;
    await requireAnotherSignInMethod(user.id, tx);
    if (provider === "email") {
      await tx.user.updateMany({ where: { id: user.id }, data: { passwordHash: null } });
      await revokeEmailTokens(user.id, tx, "reset-password");
      await endSessions(user.id, tx, { accountId: null, passkeyId: null, id: { not: user.sessionId } });
    } else {
      await removeAccounts(user.id, tx, { provider });
    }
    await queueNotice(tx);
    return true;
  });
  if (!isRemoved) return;
  log.info("auth.account-unlinked", { userId: user.id, provider }, client);
}

async function findAccounts(userId: string, tx: Transaction): Promise<LinkedAccount[]> {
  const { email, passwordHash, createdAt, accounts } = await tx.user.findUniqueOrThrow({
    where: { id: userId },
    select: {
      email: true,
      passwordHash: true,
      createdAt: true,
      accounts: {
        orderBy: [{ createdAt: "desc" }, { id: "desc" }],
        select: { id: true, provider: true, providerAccountId: true, createdAt: true },
      },
    },
  });
  const linked = accounts.flatMap(({ provider, createdAt: connectedAt, ...account }) =>
    // A provider that the blog no longer supports is not a sign-in method.
    isSocialProvider(provider) ? [{ ...account, userId, provider, connectedAt }] : [],
  );
  const password = {
    id: userId,
    userId,
    provider: "email" as const,
    providerAccountId: email,
    connectedAt: createdAt,
  };
  return passwordHash === null ? linked : [...linked, password];
}

function isSocialProvider(text: string): text is SocialProvider {
  return (socialProviders as readonly string[]).includes(text);
}
