import "server-only";
import { Redirection } from "@/lib/api/endpoint";
import { authorizationUrl, callProvider } from "@/lib/auth/social/oauth-client";
import { resolveSocialUser } from "@/lib/auth/social/resolve-social-user";
import { requireSocialSettings } from "@/lib/auth/social/social-settings";
import { identifyByCode } from "@/lib/auth/social/social-sign-in";
import { issueSocialToken } from "@/lib/auth/social/social-tokens";
import { env } from "@/lib/config/env";
import { requireCallbackUrl, withParameters } from "@/lib/core/callback-url";
import type { Client } from "@/lib/core/client";
import { AppError } from "@/lib/core/errors";
import { log } from "@/lib/runtime/log";
import type { SocialProvider } from "@/lib/social-providers/social-providers";
import { consumeFlow, newFlow, saveFlow } from "./oauth-flow-state";

/**
 * Starts an OAuth flow: sends a browser to a provider.
 *
 * @param callbackUrl where it is to end up.
 * @throws AppError `auth/oauth-not-configured` (400), `auth/invalid-callback-url` (400).
 * @see bkend: authentication, social sign-in; RFC 9700, section 2.1
 */
export async function authorize(
  provider: SocialProvider,
  query: { callbackUrl?: string },
): Promise<Redirection> {
  requireSocialSettings(provider);
  const callbackUrl = requireCallbackUrl(query.callbackUrl);
  return redirectWithOutcome(callbackUrl, async () => {
    const flow = newFlow();
    const redirectUri = redirectUriOf(provider);
    const url = await callProvider((signal) => authorizationUrl(provider, { redirectUri, ...flow }, signal));
    await saveFlow(flow, provider, callbackUrl);
    return url;
  });
}

/**
 * Ends an OAuth flow: takes a browser back from a provider, decides who it is, and sends it on with a token that is traded for others
 * at the `callbackUrl`. Later errors are reported there.
 *
 * @throws AppError `auth/oauth-not-configured` (400); `auth/invalid-token` (401) where the state is missing or
 *   wrong, has been used, or belongs to another browser or provider.
 */
export async function authorizeCallback(
  provider: SocialProvider,
  { code, state = "", error }: { code?: string; state?: string; error?: string },
  client: Client,
): Promise<Redirection> {
  requireSocialSettings(provider);
  const flow = await consumeFlow(provider, state);
  if (!flow) throw new AppError("auth/invalid-token");

  const { callbackUrl, nonce, codeVerifier } = flow;
  return redirectWithOutcome(callbackUrl, async () => {
    if (error === "access_denied") throw new AppError("auth/oauth-cancelled");
    if (error !== undefined) throw new AppError("auth/oauth-callback-failed");
    if (!code) throw new AppError("auth/invalid-oauth-code");
    const grant = { code, redirectUri: redirectUriOf(provider), codeVerifier, nonce };
    const identity = await callProvider((signal) => identifyByCode(provider, grant, signal));
    const token = await issueSocialToken(await resolveSocialUser(identity, client));
    return withParameters(callbackUrl, { token });
  });
}

/** Sends a browser on, or, where that is refused, to the `callbackUrl` with the reason. */
async function redirectWithOutcome(callbackUrl: string, goOn: () => Promise<string>): Promise<Redirection> {
  try {
    return new Redirection(await goOn());
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    // It is logged nowhere else: to the outside a redirect is good news.
    if (error.status >= 500) log.error("auth.social-failed", error, { code: error.code });
    return new Redirection(withParameters(callbackUrl, { error: error.code }));
  }
}

/** The callback URL at which the provider returns browsers. It must be registered there exactly. */
function redirectUriOf(provider: SocialProvider): string {
  return `${env().APP_URL}/api/v1/auth/${provider}/callback`;
}
