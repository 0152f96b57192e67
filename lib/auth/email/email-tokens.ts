import "server-only";
import { db, Prisma, type Transaction } from "@/lib/core/db";
import { AppError, type ErrorCode } from "@/lib/core/errors";
import { hashSecret, newSecret } from "@/lib/crypto/secrets";
import { revokeMagicLinkOf } from "./magic-links";

const hours = 3600;

/** The purposes of tokens in mails, with their lifetimes in seconds, which the texts of mails and pages name. */
const lifetimes = {
  /** Confirms the address that a user signed up with. */
  "verify-sign-up": 24 * hours,
  /** Confirms an address that an account is to have from then on, or has already. */
  "verify-new-address": 24 * hours,
  /** Sets a new password without the old one. */
  "reset-password": hours,
} as const satisfies Record<string, number>;

export type EmailTokenPurpose = keyof typeof lifetimes;

/** A token from a link, with the address that it was sent to. */
export type EmailTokenInput = { purpose: EmailTokenPurpose; email: string; token: string };

/**
 * Issues the token of a link in a mail. Only the newest token of its purpose works.
 *
 * @param user.userId `decoyUserId` does the same work for an address without an account, and stores nothing.
 * @param user.email the address that the token confirms.
 * @param user.sessionId the session of the request, if it survives the end of the others.
 * @returns 256 random bits in base64url; the database stores only their hash.
 */
export async function issueEmailToken(
  purpose: EmailTokenPurpose,
  { userId, email, sessionId = null }: { userId: string; email: string; sessionId?: string | null },
  tx: Transaction,
): Promise<string> {
  const token = newSecret();
  const fields = {
    email,
    sessionId,
    tokenHash: hashSecret(token),
    createdAt: new Date(),
    expiresAt: new Date(Date.now() + lifetimes[purpose] * 1000),
    usedAt: null,
  };
  if (userId === decoyUserId) {
    await tx.emailToken.updateMany({ where: { userId, purpose }, data: fields });
  } else {
    await tx.emailToken.upsert({
      where: { userId_purpose: { userId, purpose } },
      create: { userId, purpose, ...fields },
      update: fields,
    });
  }
  return token;
}

/** Replaces the id of the account that an address does not have, so that the same work is done for it. */
export const decoyUserId = "decoy";

/**
 * Uses up a token: of many concurrent callers one succeeds.
 *
 * @returns whose it is, and which session asked for it.
 * @throws AppError `auth/invalid-token` (401), `auth/token-expired` (401), and `auth/already-verified` (400) for a
 *   used token that comes back for the address that it verified.
 */
export async function consumeEmailToken(
  input: EmailTokenInput,
  tx: Transaction,
): Promise<{ userId: string; sessionId: string | null }> {
  const { purpose, email, token } = input;
  // The user first, as every change of access does: a reset and a confirmation at once would otherwise each wait for
  // what the other has locked.
  await tx.$queryRaw(Prisma.sql`
    SELECT u.id FROM "User" u JOIN "EmailToken" t ON t."userId" = u.id
     WHERE t."tokenHash" = ${hashSecret(token)} FOR NO KEY UPDATE OF u`);
  const { count } = await tx.emailToken.updateMany({
    where: { tokenHash: hashSecret(token), purpose, email, usedAt: null, expiresAt: { gt: new Date() } },
    data: { usedAt: new Date() },
  });
  const found = await findEmailToken(input, tx);
  if (count === 0 || !found) throw new AppError(errorCodeOf(found, purpose));
  return { userId: found.userId, sessionId: found.sessionId };
}

/**
 * Checks whether a token would be accepted, without using it up: before costly work, and to tell a user early.
 *
 * @throws AppError as `consumeEmailToken`.
 */
export async function requireEmailToken(input: EmailTokenInput): Promise<void> {
  const code = await findEmailTokenError(input);
  if (code) throw new AppError(code);
}

/** @returns why a token would be refused, or null when it would be accepted. It is not used up. */
export async function findEmailTokenError(input: EmailTokenInput): Promise<ErrorCode | null> {
  const found = await findEmailToken(input, db);
  return found && !found.usedAt && found.expiresAt > new Date() ? null : errorCodeOf(found, input.purpose);
}

/** Revokes the tokens of a user: those of one purpose, or all of them and the sign-in link. */
export async function revokeEmailTokens(
  userId: string,
  tx: Transaction,
  purpose?: EmailTokenPurpose,
): Promise<void> {
  if (!purpose) await revokeMagicLinkOf(userId, tx);
  await tx.emailToken.deleteMany({ where: { userId, ...(purpose && { purpose }) } });
}

type FoundToken = NonNullable<Awaited<ReturnType<typeof findEmailToken>>>;

function findEmailToken({ purpose, email, token }: EmailTokenInput, tx: Transaction) {
  return tx.emailToken.findUnique({
    where: { tokenHash: hashSecret(token), purpose, email },
    select: {
      userId: true,
      sessionId: true,
      email: true,
      usedAt: true,
      expiresAt: true,
      user: { select: { email: true, emailVerified: true } },
    },
  });
}

function errorCodeOf(found: FoundToken | null, purpose: EmailTokenPurpose): ErrorCode {
  if (!found) return "auth/invalid-token";
  if (!found.usedAt) return "auth/token-expired";
  const hasVerified = found.user.email === found.email && found.user.emailVerified !== null;
  return hasVerified && purpose !== "reset-password" ? "auth/already-verified" : "auth/invalid-token";
}
