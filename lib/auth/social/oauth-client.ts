import "server-only";
import * as oauth from "oauth4webapi";
import { z } from "zod";
import { AppError } from "@/lib/core/errors";
import { providers, type SocialProvider } from "@/lib/social-providers/social-providers";
import { requireSocialSettings } from "./social-settings";

/** The time limit of all requests to a provider for one response together. */
export const providerTimeoutMs = 4000;
/** Providers publish changes of their endpoints long before they apply. */
const metadataLifeMs = 3600_000;

/** The response of a provider to a code. */
export type ProviderTokens = { accessToken: string; idToken: string | undefined };

/** What the browser takes to the provider, and brings back or the site remembers. */
export type AuthorizationRequest = {
  redirectUri: string;
  state: string;
  nonce: string;
  codeVerifier: string;
};

/**
 * Calls a provider within a time limit: whatever goes wrong there is one error here.
 *
 * @param work passes the signal to every request.
 * @throws AppError `auth/oauth-callback-failed` (500), and each AppError that `work` throws.
 */
export async function callProvider<Answer>(work: (signal: AbortSignal) => Promise<Answer>): Promise<Answer> {
  const signal = AbortSignal.timeout(providerTimeoutMs);
  const lateness = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason));
  });
  try {
    return await Promise.race([work(signal), lateness]);
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError("auth/oauth-callback-failed", { cause: error });
  }
}

/**
 * Builds the authorization URL of a provider.
 *
 * @see RFC 7636 for PKCE; OpenID Connect Core 1.0, section 3.1.2.1
 */
export async function authorizationUrl(
  provider: SocialProvider,
  { redirectUri, state, nonce, codeVerifier }: AuthorizationRequest,
  signal: AbortSignal,
): Promise<string> {
  const { clientId } = requireSocialSettings(provider);
  const { authorization_endpoint } = await authorizationServerOf(provider, signal);
  const url = new URL(z.string().parse(authorization_endpoint));
  const parameters = {
    response_type: "code",
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: providers[provider].scope,
    state,
    code_challenge: await oauth.calculatePKCECodeChallenge(codeVerifier),
    code_challenge_method: "S256",
    ...(providers[provider].type === "oidc" && { nonce }),
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}

/**
 * Trades a code for the provider's tokens.
 *
 * @throws AppError `auth/invalid-oauth-code` (401) where the provider refuses the code.
 */
export async function exchangeCode(
  provider: SocialProvider,
  { code, redirectUri, codeVerifier }: { code: string; redirectUri: string; codeVerifier?: string },
  signal: AbortSignal,
): Promise<ProviderTokens> {
  const { clientId, clientSecret, address } = requireSocialSettings(provider);
  const response = await oauth.genericTokenEndpointRequest(
    await authorizationServerOf(provider, signal),
    { client_id: clientId },
    oauth.ClientSecretPost(clientSecret),
    "authorization_code",
    { code, redirect_uri: redirectUri, ...(codeVerifier && { code_verifier: codeVerifier }) },
    { signal, [oauth.allowInsecureRequests]: isPlainHttp(address) },
  );
  if (response.status >= 500) throw new Error(`The provider answered ${response.status}.`);
  const answer = tokenAnswer.parse(await response.json());
  // GitHub answers a refusal with 200.
  if ("error" in answer) {
    const code = isUnrelatedToCode(answer.error) ? "auth/oauth-callback-failed" : "auth/invalid-oauth-code";
    throw new AppError(code, { cause: new Error(`The provider answered ${answer.error}.`) });
  }
  if (!response.ok) throw new Error(`The provider answered ${response.status}.`);
  return { accessToken: answer.access_token, idToken: answer.id_token };
}

const tokenAnswer = z.union([
  z.object({ error: z.string().max(100) }),
  z.object({ access_token: z.string().min(1), id_token: z.string().optional() }),
]);

/** Errors that have nothing to do with the code: the provider's own, or a wrong client id or secret. */
function isUnrelatedToCode(error: string): boolean {
  return /^(invalid_client|unauthorized_client|incorrect_client_credentials|unsupported_grant_type|server_error|temporarily_unavailable)$/.test(
    error,
  );
}

/** @returns the endpoints of a provider: an OpenID provider publishes them, others document them. */
export async function authorizationServerOf(
  provider: SocialProvider,
  signal: AbortSignal,
): Promise<oauth.AuthorizationServer> {
  const definition = providers[provider];
  const { address } = requireSocialSettings(provider);
  if (definition.type === "oidc") return discover(address, signal);
  const { issuer, authorization, token } = definition.endpointsOf(address);
  return { issuer, authorization_endpoint: authorization, token_endpoint: token };
}

const discovered = new Map<string, { server: oauth.AuthorizationServer; staleAt: number }>();

async function discover(issuer: string, signal: AbortSignal): Promise<oauth.AuthorizationServer> {
  const known = discovered.get(issuer);
  if (known && Date.now() < known.staleAt) return known.server;
  const response = await oauth.discoveryRequest(new URL(issuer), {
    signal,
    [oauth.allowInsecureRequests]: isPlainHttp(issuer),
  });
  const server = await oauth.processDiscoveryResponse(new URL(issuer), response);
  discovered.set(issuer, { server, staleAt: Date.now() + metadataLifeMs });
  return server;
}

/** The settings allow plain http on this machine only. */
function isPlainHttp(address: string): boolean {
  return address.startsWith("http:");
}
