import "server-only";
import { db, onDuplicate, type Transaction } from "@/lib/db";
import type { Client } from "@/lib/http/client";
import { ApiError } from "@/lib/http/errors";
import { type Page, paginate } from "@/lib/http/pagination";
import { log } from "@/lib/log";
import { revokeEmailTokens } from "./email-tokens";
import type { CurrentUser } from "./guard";
import { holdSession } from "./hold-session";
import {
  type LinkedAccount,
  type LinkedAccountQuery,
  type LinkInput,
  type SignInMethod,
  type SocialProvider,
  socialProviders,
} from "./social-contract";
import type { SocialIdentity } from "./social-identity";
import { identify } from "./social-sign-in";

/**
 * Lists by what somebody can sign in, the newest first. A password counts as an account named `email`.
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

/**
 * Links an account at a provider to somebody who is signed in.
 *
 * @throws ApiError `auth/unsupported-provider` (400), `auth/account-already-linked` (409), and as `identify`.
 * @see bkend: authentication, linked accounts
 */
export async function linkAccount(
  { provider, ...word }: LinkInput,
  user: CurrentUser,
  client: Client,
): Promise<LinkedAccount> {
  if (!isSocialProvider(provider)) throw new ApiError("auth/unsupported-provider");
  return linkIdentity(await identify(provider, word), user, client);
}

/**
 * Links whom a provider has identified to somebody who is signed in.
 *
 * @throws ApiError `auth/account-already-linked` (409), to them or to somebody else; as `holdSession` where they were
 *   signed out meanwhile.
 */
export async function linkIdentity(
  { provider, providerAccountId }: SocialIdentity,
  user: { id: string; sessionId: string },
  client: Client,
): Promise<LinkedAccount> {
  const account = await db.$transaction(async (tx) => {
    // Whoever is being put out of an account must not leave a way back in.
    await holdSession({ userId: user.id, sessionId: user.sessionId }, tx);
    return tx.account
      .create({
        data: {
          userId: user.id,
          provider,
          providerAccountId,
          type: provider === "google" ? "oidc" : "oauth",
        },
        select: { id: true, userId: true, createdAt: true },
      })
      .catch(onDuplicate("auth/account-already-linked"));
  });
  log.info("auth.account-linked", {
    userId: user.id,
    provider,
    ip: client.ip,
    requestId: client.requestId,
  });
  const { createdAt, ...rest } = account;
  return { ...rest, provider, providerAccountId, connectedAt: createdAt };
}

/**
 * Takes a way to sign in off; `email` is the password. What is not there is as good as taken off.
 *
 * @throws ApiError `auth/cannot-unlink-last-account` (400), and as `holdSession`.
 * @see bkend: authentication, linked accounts
 */
export async function unlinkAccount(
  provider: SignInMethod,
  user: { id: string; sessionId: string },
  client: Client,
): Promise<void> {
  const isTakenOff = await db.$transaction(async (tx) => {
    // One after another: two at once would each see the other's as the one that is left.
    await holdSession({ userId: user.id, sessionId: user.sessionId }, tx);
    const accounts = await findAccounts(user.id, tx);
    if (!accounts.some((account) => account.provider === provider)) return false;
    if (accounts.length === 1) throw new ApiError("auth/cannot-unlink-last-account");
    if (provider === "email") {
      await tx.user.updateMany({ where: { id: user.id }, data: { passwordHash: null } });
      await revokeEmailTokens(user.id, tx, "reset-password");
    } else {
      await tx.account.deleteMany({ where: { userId: user.id, provider } });
    }
    return true;
  });
  if (!isTakenOff) return;
  log.info("auth.account-unlinked", {
    userId: user.id,
    provider,
    ip: client.ip,
    requestId: client.requestId,
  });
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
    // A provider that this blog no longer knows is no way to sign in.
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
