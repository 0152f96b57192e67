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
 * Starts an OAuth flow: redirects a browser to a provider.
 *
 * @param callbackUrl where the flow ends.
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
 * Completes an OAuth flow when a browser returns from a provider: resolves the user, and redirects the browser to the
 * `callbackUrl` with a token that is exchanged for a token pair. Later errors are reported there.
 *
 * @throws AppError `auth/oauth-not-configured` (400); `auth/invalid-token` (401) if the state is missing or
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

/** Redirects a browser to the resolved URL, or after an error to the `callbackUrl` with the error code. */
async function redirectWithOutcome(
  callbackUrl: string,
  nextUrl: () => Promise<string>,
): Promise<Redirection> {
  try {
    return new Redirection(await nextUrl());
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    // It is logged nowhere else, since a redirect counts as a success.
    if (error.status >= 500) log.error("auth.social-failed", error, { code: error.code });
    return new Redirection(withParameters(callbackUrl, { error: error.code }));
  }
}

/** The redirect URI. It must be registered with the provider exactly as it is here. */
function redirectUriOf(provider: SocialProvider): string {
  return `${env().APP_URL}/api/v1/auth/${provider}/callback`;
}
