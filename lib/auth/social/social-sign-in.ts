import "server-only";
import type { TokenPair } from "@/lib/auth/sessions/contract";
import { startSocialSession } from "@/lib/auth/sessions/sessions";
import { requireCallbackUrl } from "@/lib/core/callback-url";
import type { Client } from "@/lib/core/client";
import { AppError } from "@/lib/core/errors";
import { log } from "@/lib/runtime/log";
import type { SocialProof, SocialProvider } from "./contract";
import { githubIdentity } from "./github-identity";
import { googleIdentity } from "./google-identity";
import { consumeIdToken } from "./id-tokens";
import { callProvider, exchangeCode, type ProviderTokens } from "./oauth-client";
import { resolveSocialUser } from "./resolve-social-user";
import type { SocialIdentity } from "./social-identity";
import { requireSocialSettings } from "./social-settings";
import { consumeSocialToken, type SocialUser } from "./social-tokens";

/**
 * Signs somebody in by what a provider gave them. Whoever comes for the first time gets an account.
 *
 * @returns an access token that lives `ACCESS_TOKEN_TTL` seconds, its refresh token, and whether the account is new.
 * @throws AppError as `identify` and `resolveSocialUser`.
 * @see bkend: authentication, social sign-in
 */
export async function signInWithProvider(
  provider: SocialProvider,
  { token, ...proof }: SocialProof,
  client: Client,
): Promise<TokenPair & { is_new_user: boolean }> {
  requireSocialSettings(provider);
  const arrival =
    token === undefined
      ? await resolveSocialUser(await identifyByProof(provider, proof), client)
      : await consumeSocialToken(provider, token);
  return { ...(await signInSocialUser(provider, arrival, client)), is_new_user: arrival.isNewUser };
}

/** Signs somebody in who has been admitted. */
export async function signInSocialUser(
  provider: SocialProvider,
  { accountId }: SocialUser,
  client: Client,
): Promise<TokenPair> {
  const tokens = await startSocialSession(accountId, client);
  log.info("auth.signed-in", { provider, ip: client.ip, requestId: client.requestId });
  return tokens;
}

/** What proves to us who somebody is at a provider. */
type ProviderProof = Omit<SocialProof, "token" | "state">;

/**
 * Finds out whom a provider has before it. A code and an id token work once.
 *
 * @param word a code with the address that it was sent to, or an id token.
 * @throws AppError `auth/oauth-not-configured` (400), `auth/invalid-callback-url` (400), `auth/invalid-oauth-code`
 *   (401), `auth/oauth-callback-failed` (500), `common/validation-error` (400) for an id token from elsewhere.
 */
export async function identifyByProof(
  provider: SocialProvider,
  word: ProviderProof,
): Promise<SocialIdentity> {
  requireSocialSettings(provider);
  const { code, codeVerifier, idToken, nonce } = word;
  if (idToken !== undefined) {
    if (provider !== "google") {
      throw new AppError("common/validation-error", {
        problems: [{ path: "idToken", message: "onlyFromGoogle" }],
      });
    }
    const identity = await callProvider((signal) => googleIdentity({ idToken, nonce }, signal));
    await consumeIdToken(idToken);
    return identity;
  }
  if (code === undefined) throw new AppError("auth/invalid-oauth-code");
  const redirectUri = requireCallbackUrl(word.redirectUri, "redirectUri");
  return callProvider((signal) =>
    identifyByCode(provider, { code, redirectUri, codeVerifier, nonce }, signal),
  );
}

/** As `identify`, for a code that came to an address known to be ours. */
export async function identifyByCode(
  provider: SocialProvider,
  { nonce, ...grant }: { code: string; redirectUri: string; codeVerifier?: string; nonce?: string },
  signal: AbortSignal,
): Promise<SocialIdentity> {
  return identifyByTokens(provider, { ...(await exchangeCode(provider, grant, signal)), nonce }, signal);
}

/** As `identify`, for what a provider has answered to a code. */
export async function identifyByTokens(
  provider: SocialProvider,
  { accessToken, idToken, nonce }: ProviderTokens & { nonce?: string },
  signal: AbortSignal,
): Promise<SocialIdentity> {
  if (provider === "github") return githubIdentity(accessToken, signal);
  if (idToken === undefined) throw new Error("Google answered without an id token.");
  return googleIdentity({ idToken, nonce }, signal);
}
