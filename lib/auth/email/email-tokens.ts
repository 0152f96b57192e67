import "server-only";
import { db, Prisma, type Transaction } from "@/lib/core/db";
import { AppError, type ErrorCode } from "@/lib/core/errors";
import { hashSecret, newSecret } from "@/lib/crypto/secrets";
import { revokeMagicLinkOf } from "./magic-links";

const hours = 3600;

/** The purposes of tokens in emails, with their lifetimes in seconds, which emails and pages state. */
const lifetimes = {
  /** Confirms the address that a user signed up with. */
  "verify-sign-up": 24 * hours,
  /** Confirms the new address of an account, or its current one. */
  "verify-new-address": 24 * hours,
  /** Sets a new password without the old one. */
  "reset-password": hours,
} as const satisfies Record<string, number>;

export type EmailTokenPurpose = keyof typeof lifetimes;

/** A token from a link, with the address that it was sent to. */
export type EmailTokenInput = { purpose: EmailTokenPurpose; email: string; token: string };

/**
 * Issues the token of a link in an email. Only the newest token of its purpose works.
 *
 * @param user.userId `decoyUserId` does the same work for an address without an account, and stores nothing.
 * @param user.email the address that the token confirms.
 * @param user.sessionId the session of the request, if it stays when the others end.
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

/** Stands for the user of an address without an account, so that the same work is done for it. */
export const decoyUserId = "decoy";

/**
 * Consumes a token: of many concurrent callers one succeeds.
 *
 * @returns its user, and the session that requested it.
 * @throws AppError `auth/invalid-token` (401), `auth/token-expired` (401), and `auth/already-verified` (400) for a
 *   used token that is sent again for the address that it verified.
 */
export async function consumeEmailToken(
  input: EmailTokenInput,
  tx: Transaction,
): Promise<{ userId: string; sessionId: string | null }> {
  const { purpose, email, token } = input;
  // Locks the user first, as every change of access does: a concurrent reset and confirmation could otherwise deadlock.
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
 * Checks whether a token would be accepted, without consuming it: before costly work, and to report an error early.
 *
 * @returns its user.
 * @throws AppError as `consumeEmailToken`.
 */
export async function requireEmailToken(input: EmailTokenInput): Promise<FoundToken["user"]> {
  const found = await findEmailToken(input, db);
  if (!found || !isUsable(found)) throw new AppError(errorCodeOf(found, input.purpose));
  return found.user;
}

/** @returns why a token would be rejected, or null if it would be accepted. It is not consumed. */
export async function findEmailTokenError(input: EmailTokenInput): Promise<ErrorCode | null> {
  const found = await findEmailToken(input, db);
  return found && isUsable(found) ? null : errorCodeOf(found, input.purpose);
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
      user: { select: { id: true, email: true, emailVerified: true } },
    },
  });
}

function isUsable({ usedAt, expiresAt }: FoundToken): boolean {
  return !usedAt && expiresAt > new Date();
}

function errorCodeOf(found: FoundToken | null, purpose: EmailTokenPurpose): ErrorCode {
  if (!found) return "auth/invalid-token";
  if (!found.usedAt) return "auth/token-expired";
  const hasVerified = found.user.email === found.email && found.user.emailVerified !== null;
  return hasVerified && purpose !== "reset-password" ? "auth/already-verified" : "auth/invalid-token";
}
