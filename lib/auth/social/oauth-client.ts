import "server-only";
import * as oauth from "oauth4webapi";
import { z } from "zod";
import { AppError } from "@/lib/core/errors";
import { providers, type SocialProvider } from "@/lib/social-providers/social-providers";
import { requireSocialSettings } from "./social-settings";

/** The time limit in milliseconds of all requests to a provider within one request together. */
export const providerTimeoutMs = 4000;
/** How long endpoints are cached: providers announce changes long before. */
const metadataLifeMs = 3600_000;

/** The tokens that a provider returns for a code. */
export type ProviderTokens = { accessToken: string; idToken: string | undefined };

/** The parameters of an authorization request. */
export type AuthorizationRequest = {
  redirectUri: string;
  state: string;
  nonce: string;
  codeVerifier: string;
};

/**
 * Calls a provider within a time limit: every failure there becomes one error here.
 *
 * @param work passes the signal to every request.
 * @throws AppError `auth/oauth-callback-failed` (500), and each AppError that `work` throws.
 */
export async function callProvider<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const signal = AbortSignal.timeout(providerTimeoutMs);
  const timeout = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason));
  });
  try {
    return await Promise.race([work(signal), timeout]);
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
 * Exchanges a code for the provider's tokens.
 *
 * @throws AppError `auth/invalid-oauth-code` (401) if the provider rejects the code.
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
  if (response.status >= 500) throw new Error(`The provider responded with ${response.status}.`);
  const body = tokenResponse.parse(await response.json());
  // GitHub returns errors with status 200.
  if ("error" in body) {
    const code = isUnrelatedToCode(body.error) ? "auth/oauth-callback-failed" : "auth/invalid-oauth-code";
    throw new AppError(code, { cause: new Error(`The provider responded with ${body.error}.`) });
  }
  if (!response.ok) throw new Error(`The provider responded with ${response.status}.`);
  return { accessToken: body.access_token, idToken: body.id_token };
}

const tokenResponse = z.union([
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

/** The settings allow plain http only for a provider on this machine. */
function isPlainHttp(address: string): boolean {
  return address.startsWith("http:");
}
