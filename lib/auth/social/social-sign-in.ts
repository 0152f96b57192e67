import "server-only";
import { requireSecondFactor } from "@/lib/auth/factors/second-factor";
import type { TokenPair } from "@/lib/auth/sessions/contract";
import { clearFailuresOfUser } from "@/lib/auth/sessions/sign-in-failures";
import { type SecondFactorProof, startSession } from "@/lib/auth/sessions/start-session";
import { requireCallbackUrl } from "@/lib/core/callback-url";
import type { Client } from "@/lib/core/client";
import { db, Prisma } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { log } from "@/lib/runtime/log";
import { providers, type SocialProvider } from "@/lib/social-providers/social-providers";
import type { SocialProof } from "./contract";
import { consumeIdToken, verifyIdToken } from "./id-tokens";
import { callProvider, exchangeCode, type ProviderTokens } from "./oauth-client";
import { resolveSocialUser } from "./resolve-social-user";
import { normalizeIdentity, type SocialIdentity } from "./social-identity";
import { requireSocialSettings } from "./social-settings";
import { consumeSocialToken, issueSocialToken, requireSocialToken, type SocialUser } from "./social-tokens";

/**
 * Signs a user in by a code or an ID token of a provider. A new user gets an account.
 *
 * @returns an access token that lives `ACCESS_TOKEN_TTL` seconds, its refresh token, and whether the account is new.
 * @throws AppError as `identifyByProof`, `resolveSocialUser` and `requireSecondFactor`; `auth/mfa-required` carries a
 *   token that replaces the proof for a minute.
 * @see bkend: authentication, social sign-in
 */
export async function signInWithProvider(
  provider: SocialProvider,
  { token: given, mfaCode, ...proof }: SocialProof,
  client: Client,
): Promise<TokenPair & { is_new_user: boolean }> {
  requireSocialSettings(provider);
  // A code and an id token work once at the provider: while the second factor is requested, a token replaces them.
  const token =
    given ??
    (await issueSocialToken(await resolveSocialUser(await identifyByProof(provider, proof), client)));
  const { userId } = await requireSocialToken(provider, token);
  const secondFactor = await requireSecondFactor({ id: userId }, mfaCode, client).catch((error: unknown) => {
    const isSecondFactorMissing = error instanceof AppError && error.code === "auth/mfa-required";
    throw isSecondFactorMissing ? new AppError(error.code, { account: userId, token }) : error;
  });
  const socialUser = await consumeSocialToken(provider, token);
  const tokens = await signInSocialUser(provider, socialUser, secondFactor, client);
  return { ...tokens, is_new_user: socialUser.isNewUser };
}

/**
 * Opens a session for a user whom a provider has identified, and who has passed the second factor.
 *
 * @throws AppError `auth/account-banned` (403); `auth/invalid-oauth-code` (401), also where the account was unlinked or
 *   the second factor changed meanwhile.
 */
export async function signInSocialUser(
  provider: SocialProvider,
  { accountId }: SocialUser,
  { mfaEnabledAt }: SecondFactorProof,
  client: Client,
): Promise<TokenPair> {
  const tokens = await db.$transaction(async (tx) => {
    // The user's row first: unlinking an account locks it too, and the count below then reads its outcome.
    const [user] = await tx.$queryRaw<{ id: string; isBanned: boolean; isProved: boolean }[]>(Prisma.sql`
      SELECT u.id, u."bannedAt" IS NOT NULL AS "isBanned",
             u."mfaEnabledAt" IS NOT DISTINCT FROM ${mfaEnabledAt}::timestamptz AS "isProved"
        FROM "User" u JOIN "Account" a ON a."userId" = u.id WHERE a.id = ${accountId} FOR SHARE OF u`);
    if (user?.isBanned) throw new AppError("auth/account-banned");
    const isLinked = (await tx.account.count({ where: { id: accountId } })) > 0;
    if (!user?.isProved || !isLinked) throw new AppError("auth/invalid-oauth-code");
    return startSession(user.id, client, tx, { accountId });
  });
  await clearFailuresOfUser({ accounts: { some: { id: accountId } } });
  log.info("auth.signed-in", { provider }, client);
  return tokens;
}

/** The proof of a user's identity at a provider. */
type ProviderProof = Omit<SocialProof, "token" | "state">;

/**
 * Identifies a user by a code or an ID token of a provider, each of which works once.
 *
 * @param proof a code with the `redirectUri` that it was sent to, or an ID token.
 * @throws AppError `auth/oauth-not-configured` (400), `auth/invalid-callback-url` (400), `auth/invalid-oauth-code`
 *   (401), `auth/oauth-callback-failed` (500), `common/validation-error` (400) for a provider without ID tokens.
 */
export async function identifyByProof(
  provider: SocialProvider,
  proof: ProviderProof,
): Promise<SocialIdentity> {
  requireSocialSettings(provider);
  const { code, codeVerifier, idToken, nonce } = proof;
  if (idToken !== undefined) {
    if (providers[provider].type !== "oidc") {
      throw new AppError("common/validation-error", {
        problems: [{ path: "idToken", message: "noIdTokens" }],
      });
    }
    const identity = await callProvider((signal) =>
      identifyByTokens(provider, { accessToken: "", idToken, nonce }, signal),
    );
    await consumeIdToken(idToken);
    return identity;
  }
  if (code === undefined) throw new AppError("auth/invalid-oauth-code");
  const redirectUri = requireCallbackUrl(proof.redirectUri, "redirectUri");
  return callProvider((signal) =>
    identifyByCode(provider, { code, redirectUri, codeVerifier, nonce }, signal),
  );
}

/** As `identifyByProof`, for a code whose `redirectUri` is known to be ours. */
export async function identifyByCode(
  provider: SocialProvider,
  { nonce, ...grant }: { code: string; redirectUri: string; codeVerifier?: string; nonce?: string },
  signal: AbortSignal,
): Promise<SocialIdentity> {
  return identifyByTokens(provider, { ...(await exchangeCode(provider, grant, signal)), nonce }, signal);
}

/** As `identifyByProof`, for the tokens of a provider. */
export async function identifyByTokens(
  provider: SocialProvider,
  { accessToken, idToken, nonce }: ProviderTokens & { nonce?: string },
  signal: AbortSignal,
): Promise<SocialIdentity> {
  const definition = providers[provider];
  if (definition.type === "oauth") {
    const { address } = requireSocialSettings(provider);
    return normalizeIdentity(provider, await definition.fetchProfile(accessToken, address, signal));
  }
  if (idToken === undefined) throw new Error(`${provider} answered without an id token.`);
  const claims = await verifyIdToken(provider, definition, { idToken, nonce }, signal);
  return normalizeIdentity(provider, definition.profileOf(claims));
}
