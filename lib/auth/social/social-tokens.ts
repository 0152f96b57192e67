import "server-only";
import { db, Prisma, query } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { hashSecret, newSecret } from "@/lib/crypto/secrets";
import type { SocialProvider } from "@/lib/social-providers/social-providers";

const tokenLifeSeconds = 60;

/** A user whom a provider has identified, and whether the account is new. */
export type SocialUser = { accountId: string; isNewUser: boolean };

/**
 * Issues the token that a browser carries to the `callbackUrl`, where it is exchanged for tokens that are never part of
 * a URL.
 *
 * @returns 256 random bits in base64url; the database stores only their hash.
 */
export async function issueSocialToken({ accountId, isNewUser }: SocialUser): Promise<string> {
  const token = newSecret();
  await db.socialToken.create({
    data: {
      tokenHash: hashSecret(token),
      accountId,
      isNewUser,
      expiresAt: new Date(Date.now() + tokenLifeSeconds * 1000),
    },
    select: { tokenHash: true },
  });
  return token;
}

/**
 * Looks up a token without consuming it, so that a second factor can be asked for first.
 *
 * @throws AppError `auth/invalid-oauth-code` (401).
 */
export async function requireSocialToken(
  provider: SocialProvider,
  token: string,
): Promise<SocialUser & { userId: string }> {
  const [socialUser] = await query<SocialUser & { userId: string }>(Prisma.sql`
    SELECT t."accountId", t."isNewUser", a."userId" FROM "SocialToken" t JOIN "Account" a ON a.id = t."accountId"
     WHERE t."tokenHash" = ${hashSecret(token)} AND t."expiresAt" > now() AND a.provider = ${provider}`);
  if (!socialUser) throw new AppError("auth/invalid-oauth-code");
  return socialUser;
}

/**
 * Consumes a token: of many concurrent callers one succeeds.
 *
 * @throws AppError `auth/invalid-oauth-code` (401), also for the token of another provider.
 */
export async function consumeSocialToken(provider: SocialProvider, token: string): Promise<SocialUser> {
  const [socialUser] = await query<SocialUser>(Prisma.sql`
    DELETE FROM "SocialToken" t USING "Account" a
     WHERE t."tokenHash" = ${hashSecret(token)} AND t."expiresAt" > now()
       AND a.id = t."accountId" AND a.provider = ${provider}
    RETURNING t."accountId", t."isNewUser"`);
  if (!socialUser) throw new AppError("auth/invalid-oauth-code");
  return socialUser;
}
