import "server-only";
import { db, isDuplicate, Prisma, type Transaction } from "@/lib/db";
import { afterAnswer } from "@/lib/http/after-answer";
import type { Client } from "@/lib/http/client";
import { ApiError } from "@/lib/http/errors";
import { log } from "@/lib/log";
import { adoptPicture } from "@/lib/users/adopt-picture";
import { type Agreements, recordConsents } from "./consents";
import { revokeEmailTokens } from "./email-tokens";
import { queueVerificationEmail } from "./email-verification";
import { endSessions } from "./sessions";
import type { SocialIdentity } from "./social-identity";
import type { Arrival } from "./social-tokens";

/**
 * Decides who somebody is here whom a provider has identified; whichever way they came, it is decided in this
 * place. Whoever came by that account before is the same person, whatever their address is by now. Others get an
 * account, or are joined to the one that has their address.
 *
 * @param agreements what a newcomer has said yes to on the page that they came from.
 * @throws ApiError `auth/email-already-exists` (409), `auth/account-banned` (403), `auth/oauth-callback-failed`
 *   (500) where a newcomer brings no address.
 * @see bkend: authentication, social sign-in; "Pre-hijacked accounts" (2022)
 */
export async function admitVisitor(
  identity: SocialIdentity,
  client: Client,
  agreements: Agreements = {},
): Promise<Arrival> {
  const known = await findAccount(identity);
  if (known) return known;
  for (let attempt = 1; ; attempt += 1) {
    try {
      const { event, userId, ...arrival } = await db.$transaction((tx) =>
        welcome(identity, client, agreements, tx),
      );
      // The picture comes after the answer: nobody waits for it.
      if (arrival.isNewUser) afterAnswer(() => adoptPicture({ id: userId, image: identity.image }));
      log.info(event, { userId, provider: identity.provider, ip: client.ip, requestId: client.requestId });
      return arrival;
    } catch (error) {
      // Of many who come at once with one account one is let in, and is in the way of the others: known by now.
      const meanwhile = await findAccount(identity);
      if (meanwhile) return meanwhile;
      const isOvertaken = error instanceof Overtaken || isDuplicate(error);
      if (!isOvertaken || attempt === maxAttempts) throw error;
    }
  }
}

const maxAttempts = 4;

type Welcomed = Arrival & { userId: string; event: string };

/** Somebody else was faster, and what was decided upon is not so any more. */
class Overtaken extends Error {
  override name = "Overtaken";
}

async function findAccount({ provider, providerAccountId }: SocialIdentity): Promise<Arrival | null> {
  const account = await db.account.findUnique({
    where: { provider_providerAccountId: { provider, providerAccountId } },
    select: { id: true, user: { select: { bannedAt: true } } },
  });
  if (account?.user.bannedAt) throw new ApiError("auth/account-banned");
  return account && { accountId: account.id, isNewUser: false };
}

/** Somebody who comes by this account for the first time. */
async function welcome(
  identity: SocialIdentity,
  client: Client,
  agreements: Agreements,
  tx: Transaction,
): Promise<Welcomed> {
  const { email, isEmailVouchedFor, provider } = identity;
  if (!email) {
    throw new ApiError("auth/oauth-callback-failed", { cause: new Error(`${provider} told no address.`) });
  }
  // Held, so that the address is still theirs when the account is joined.
  await tx.$queryRaw(Prisma.sql`SELECT id FROM "User" WHERE email = ${email} FOR NO KEY UPDATE`);
  const holder = await tx.user.findUnique({
    where: { email },
    select: { id: true, emailVerified: true, bannedAt: true, accounts: { where: { provider } } },
  });
  if (!holder) return createUser({ ...identity, email }, client, agreements, tx);

  if (!isEmailVouchedFor) throw new ApiError("auth/email-already-exists");
  if (holder.bannedAt) throw new ApiError("auth/account-banned");
  if (!holder.emailVerified) return takeOver(holder.id, { ...identity, email }, client, agreements, tx);
  // Addresses are given to somebody else at times; the ids of providers are not.
  if (holder.accounts.length > 0) throw new ApiError("auth/email-already-exists");

  const accountId = await createAccount(holder.id, identity, tx);
  return { accountId, isNewUser: false, userId: holder.id, event: "auth.account-joined" };
}

type Addressed = SocialIdentity & { email: string };

async function createUser(
  identity: Addressed,
  client: Client,
  agreements: Agreements,
  tx: Transaction,
): Promise<Welcomed> {
  const { email, name, image, isEmailVouchedFor } = identity;
  const user = await tx.user.create({
    data: { email, name, image, emailVerified: isEmailVouchedFor ? new Date() : null, locale: client.locale },
    select: { id: true, email: true, name: true, locale: true },
  });
  await recordConsents(user.id, agreements, tx);
  if (!isEmailVouchedFor) await queueVerificationEmail(user, tx);
  const accountId = await createAccount(user.id, identity, tx);
  return { accountId, isNewUser: true, userId: user.id, event: "auth.signed-up" };
}

/**
 * Gives an account that was opened in the name of an address, but never confirmed, to whom the address belongs.
 * It may have been opened by somebody who waits for them to use it: no way into it that was there before is left.
 */
async function takeOver(
  userId: string,
  identity: Addressed,
  client: Client,
  agreements: Agreements,
  tx: Transaction,
): Promise<Welcomed> {
  const { email, name, image } = identity;
  // First of all: this holds the person, so that no session can begin by what is removed below.
  const { count } = await tx.user.updateMany({
    where: { id: userId, email, emailVerified: null, bannedAt: null },
    data: {
      emailVerified: new Date(),
      passwordHash: null,
      name,
      image,
      locale: client.locale,
      // Nothing is said in their name that they did not say.
      nickname: null,
      bio: null,
      github: null,
      twitter: null,
      linkedin: null,
      localeChosen: false,
    },
  });
  if (count === 0) throw new Overtaken();
  await endSessions(userId, tx);
  await revokeEmailTokens(userId, tx);
  await tx.account.deleteMany({ where: { userId } });
  await tx.consent.deleteMany({ where: { userId } });

  await recordConsents(userId, agreements, tx);
  const accountId = await createAccount(userId, identity, tx);
  return { accountId, isNewUser: true, userId, event: "auth.account-taken-over" };
}

async function createAccount(userId: string, identity: SocialIdentity, tx: Transaction): Promise<string> {
  const { provider, providerAccountId } = identity;
  const { id } = await tx.account.create({
    data: {
      userId,
      provider,
      providerAccountId,
      type: provider === "google" ? "oidc" : "oauth",
      // By the clock that said when the address was confirmed: a password reset asks which came first.
      createdAt: new Date(),
    },
    select: { id: true },
  });
  return id;
}
