import "server-only";
import { env } from "@/lib/env";
import type { Client } from "@/lib/http/client";
import { Redirection } from "@/lib/http/endpoint";
import { ApiError } from "@/lib/http/errors";
import { log } from "@/lib/log";
import { admitVisitor } from "./admit-visitor";
import { requireCallbackUrl, withParameters } from "./callback-url";
import { askProvider, authorizationAddress } from "./oauth-client";
import { beginFlow, consumeFlow } from "./oauth-flow-state";
import type { SocialProvider } from "./social-contract";
import { requireSocialSettings } from "./social-settings";
import { identifyByCode } from "./social-sign-in";
import { issueSocialToken } from "./social-tokens";

/**
 * Starts an OAuth flow: sends a browser to a provider.
 *
 * @param callbackUrl where it is to end up.
 * @throws ApiError `auth/oauth-not-configured` (400), `auth/invalid-callback-url` (400).
 * @see bkend: authentication, social sign-in; RFC 9700, section 2.1
 */
export async function authorize(
  provider: SocialProvider,
  query: { callbackUrl?: string },
): Promise<Redirection> {
  requireSocialSettings(provider);
  const callbackUrl = requireCallbackUrl(query.callbackUrl);
  return toldAt(callbackUrl, async () => {
    const secrets = await beginFlow(provider, callbackUrl);
    const redirectUri = returnAddress(provider);
    return askProvider((signal) => authorizationAddress(provider, { redirectUri, ...secrets }, signal));
  });
}

/**
 * Ends an OAuth flow: takes a browser back from a provider, decides who it is, and sends it on with a token that is traded for others
 * at the `callbackUrl`. From there on all refusals are told there.
 *
 * @throws ApiError `auth/oauth-not-configured` (400); `auth/invalid-token` (401) where the state is missing or
 *   wrong, has been used, or belongs to another browser or provider.
 */
export async function authorizeCallback(
  provider: SocialProvider,
  { code, state = "", error }: { code?: string; state?: string; error?: string },
  client: Client,
): Promise<Redirection> {
  requireSocialSettings(provider);
  const flow = await consumeFlow(provider, state);
  if (!flow) throw new ApiError("auth/invalid-token");

  const { callbackUrl, nonce, codeVerifier } = flow;
  return toldAt(callbackUrl, async () => {
    if (error === "access_denied") throw new ApiError("auth/oauth-cancelled");
    if (error !== undefined) throw new ApiError("auth/oauth-callback-failed");
    if (!code) throw new ApiError("auth/invalid-oauth-code");
    const grant = { code, redirectUri: returnAddress(provider), codeVerifier, nonce };
    const identity = await askProvider((signal) => identifyByCode(provider, grant, signal));
    const token = await issueSocialToken(await admitVisitor(identity, client));
    return withParameters(callbackUrl, { token });
  });
}

/** Sends a browser on, or, where that is refused, to the `callbackUrl` with the reason. */
async function toldAt(callbackUrl: string, goOn: () => Promise<string>): Promise<Redirection> {
  try {
    return new Redirection(await goOn());
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    // Nobody else notes it: to the outside a redirect is good news.
    if (error.status >= 500) log.error("auth.social-failed", error, { code: error.code });
    return new Redirection(withParameters(callbackUrl, { error: error.code }));
  }
}

/** Where the provider sends browsers back to. It has to be registered there, letter by letter. */
function returnAddress(provider: SocialProvider): string {
  return `${env().APP_URL}/api/v1/auth/${provider}/callback`;
}
