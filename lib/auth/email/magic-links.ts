import "server-only";
import { env } from "@/lib/config/env";
import { db, Prisma, type Transaction } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { hashSecret, newSecret } from "@/lib/crypto/secrets";

/** What a sign-in link proves: its user controls the address. */
export type MagicLink = { email: string; invitationId: string | null };

/** @returns whether users can sign in by a mailed link. */
export function hasMagicLinks(): boolean {
  return env().MAGIC_LINK;
}

/** @throws AppError `auth/magiclink-disabled` (400). */
export function requireMagicLinks(): void {
  if (!hasMagicLinks()) throw new AppError("auth/magiclink-disabled");
}

/**
 * Issues the token of a sign-in link. Only the newest link of an address works.
 *
 * @param options.isDecoy does the same work, but stores nothing.
 * @returns 256 random bits in base64url; the database stores only their hash.
 */
export async function issueMagicLink(
  { email, invitationId }: MagicLink,
  tx: Transaction,
  { isDecoy = false }: { isDecoy?: boolean } = {},
): Promise<string> {
  const token = newSecret();
  const fields = {
    tokenHash: hashSecret(token),
    invitationId,
    expiresAt: new Date(Date.now() + env().MAGIC_LINK_TTL * 1000),
  };
  // No row has the new hash. By address, it could be the link of an invited user, which has to keep working.
  if (isDecoy) await tx.magicLink.updateMany({ where: { tokenHash: fields.tokenHash }, data: fields });
  else await tx.magicLink.upsert({ where: { email }, create: { email, ...fields }, update: fields });
  return token;
}

/**
 * Looks up a sign-in link without consuming it.
 *
 * @throws AppError `auth/invalid-token` (401), `auth/token-expired` (401).
 */
export async function requireMagicLink(token: string): Promise<MagicLink> {
  const link = await db.magicLink.findUnique({
    where: { tokenHash: hashSecret(token) },
    select: { email: true, invitationId: true, expiresAt: true },
  });
  if (!link) throw new AppError("auth/invalid-token");
  if (link.expiresAt <= new Date()) throw new AppError("auth/token-expired");
  return link;
}

/**
 * Consumes a sign-in link: of many concurrent callers one succeeds.
 *
 * @throws AppError `auth/invalid-token` (401).
 */
export async function consumeMagicLink(token: string, tx: Transaction): Promise<MagicLink> {
  const [link] = await tx.$queryRaw<MagicLink[]>(Prisma.sql`
    DELETE FROM "MagicLink" WHERE "tokenHash" = ${hashSecret(token)} AND "expiresAt" > now()
    RETURNING email, "invitationId"`);
  if (!link) throw new AppError("auth/invalid-token");
  return link;
}

/** Revokes the sign-in link that was mailed to the current address of a user. */
export async function revokeMagicLinkOf(userId: string, tx: Transaction): Promise<void> {
  await tx.$executeRaw(Prisma.sql`
    DELETE FROM "MagicLink" l USING "User" u WHERE u.id = ${userId} AND l.email = u.email`);
}
