import "server-only";
import { PrismaAdapter } from "@auth/prisma-adapter";
import { cookies } from "next/headers";
import NextAuth, { customFetch, type NextAuthConfig } from "next-auth";
import type { Adapter } from "next-auth/adapters";
import { getToken } from "next-auth/jwt";
import type { Provider } from "next-auth/providers";
import Credentials from "next-auth/providers/credentials";
import { z } from "zod";
import { verifyAccessToken } from "@/lib/auth/sessions/access-tokens";
import type { TokenPair } from "@/lib/auth/sessions/contract";
import { requireBearerUser } from "@/lib/auth/sessions/current-user";
import { maxSessionSeconds } from "@/lib/auth/sessions/sessions";
import { callProvider, providerTimeoutMs } from "@/lib/auth/social/oauth-client";
import type { SocialIdentity } from "@/lib/auth/social/social-identity";
import { configuredProviders, requireSocialSettings } from "@/lib/auth/social/social-settings";
import { identifyByTokens } from "@/lib/auth/social/social-sign-in";
import { env } from "@/lib/config/env";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { keyFor } from "@/lib/crypto/keys";
import { log } from "@/lib/runtime/log";
import { providers, socialProviders } from "@/lib/social-providers/social-providers";
import { fullCookieName } from "@/lib/web/cookies";

// All of Auth.js is in this file, so that it can be replaced here.
//
// It keeps the browser's cookie, and sends browsers to providers and back with state, nonce and PKCE. It decides
// nothing: `completeSignIn` resolves the user with the function that the API calls, too. By the time Auth.js asks its
// adapter for the account it exists, and the adapter only reads.

/** What the encrypted, HttpOnly cookie carries: never a refresh token, which could not be rotated from a page. */
const webSession = z.object({ userId: z.string(), sessionId: z.uuid(), accessToken: z.string() });

export type WebSession = z.output<typeof webSession>;

/** The id of the provider that takes an access token just issued, not a password. */
export const issuedTokenId = "issued-token";

/** The cookies of Auth.js, by its own key. */
const cookieNames = {
  sessionToken: "authjs.session-token",
  callbackUrl: "authjs.callback-url",
  csrfToken: "authjs.csrf-token",
  pkceCodeVerifier: "authjs.pkce.code_verifier",
  state: "authjs.state",
  nonce: "authjs.nonce",
} as const;

/** What the callbacks of one request share. */
type AuthjsCall = { identity?: SocialIdentity; session?: WebSession };

/**
 * Completes what a browser went to a provider for.
 *
 * @returns tokens to sign the browser in with, or the path to redirect it to without.
 */
export type CompleteSignIn = (identify: () => Promise<SocialIdentity>) => Promise<TokenPair | string>;

/** For calls that no provider takes part in. */
const noSignIn: CompleteSignIn = async () => {
  throw new AppError("auth/oauth-callback-failed");
};

/** @returns Auth.js for one request: what a callback learns is kept for the ones after it. */
export function authjs(completeSignIn: CompleteSignIn = noSignIn) {
  return NextAuth(() => configFor(completeSignIn));
}

function configFor(completeSignIn: CompleteSignIn): NextAuthConfig {
  // Auth.js takes its own address from here alone, and otherwise from whatever Host a request names.
  process.env.AUTH_URL = env().APP_URL;
  const call: AuthjsCall = {};
  return {
    secret: secret(),
    basePath: "/api/auth",
    trustHost: true,
    useSecureCookies: env().isHttps,
    cookies: Object.fromEntries(
      Object.entries(cookieNames).map(([key, name]) => [key, { name: fullCookieName(name) }]),
    ),
    session: { strategy: "jwt" as const, maxAge: maxSessionSeconds },
    pages: { signIn: "/signin", error: "/signin" },
    adapter: readOnlyAdapter,
    // Its own lines would contain what a provider answered.
    logger: { error: ({ name }) => log.warn("auth.authjs", { error: name }), warn: () => {} },
    providers: [...socialProvidersFor(call), issuedToken(call)],
    callbacks: {
      signIn: async ({ account }) => {
        const provider = socialProviders.find((name) => name === account?.provider);
        if (!provider) return true;
        const idToken = account?.id_token;
        // Auth.js trusts the connection on which an ID token came; here its signature is verified as well.
        const identify = async () =>
          call.identity ??
          callProvider((signal) => identifyByTokens(provider, { accessToken: "", idToken }, signal));
        const outcome = await completeSignIn(identify);
        if (typeof outcome === "string") return outcome;
        call.session = await sessionOf(outcome);
        return true;
      },
      // Replaces what Auth.js would put into the cookie.
      jwt: ({ token }) => call.session ?? token,
    },
  };
}

/** The domain has verified the password. This takes the token that it issued. */
function issuedToken(call: AuthjsCall) {
  return Credentials({
    id: issuedTokenId,
    credentials: { accessToken: {} },
    authorize: async ({ accessToken }) => {
      const token = z.string().parse(accessToken);
      const { id, sessionId } = await requireBearerUser(`Bearer ${token}`);
      call.session = { userId: id, sessionId, accessToken: token };
      return { id };
    },
  });
}

/** Describes the providers of `lib/social-providers` to Auth.js. */
function socialProvidersFor(call: AuthjsCall): Provider[] {
  const deadline = AbortSignal.timeout(providerTimeoutMs);
  const options = {
    client: { token_endpoint_auth_method: "client_secret_post" },
    [customFetch]: (...[input, init]: Parameters<typeof fetch>) =>
      fetch(input, { ...init, signal: deadline }),
  };
  return configuredProviders().map((id) => {
    const { clientId, clientSecret, address } = requireSocialSettings(id);
    const definition = providers[id];
    const shared = { id, name: providers[id].name, clientId, clientSecret, options };
    const params = { scope: definition.scope };
    if (definition.type === "oidc") {
      return {
        ...shared,
        type: definition.type,
        issuer: address,
        authorization: { params },
        checks: ["pkce", "state", "nonce"],
      };
    }
    const { issuer, authorization, token, user } = definition.endpointsOf(address);
    return {
      ...shared,
      type: definition.type,
      issuer,
      authorization: { url: authorization, params },
      token,
      checks: ["pkce", "state"],
      userinfo: {
        url: user,
        // By itself, Auth.js would not ask whether the address is verified.
        request: async ({ tokens }: { tokens: { access_token?: string } }) => {
          const accessToken = tokens.access_token ?? "";
          call.identity = await callProvider((signal) =>
            identifyByTokens(id, { accessToken, idToken: undefined }, signal),
          );
          return call.identity;
        },
      },
      profile: () => ({ id: call.identity?.providerAccountId }),
    };
  });
}

/** Auth.js finds the account that `signIn` resolved. It creates and links none by itself. */
const readOnlyAdapter: Adapter = {
  // The generated client has all methods that the adapter calls, under another type.
  getUserByAccount: PrismaAdapter(db as unknown as Parameters<typeof PrismaAdapter>[0]).getUserByAccount,
};

async function sessionOf({ accessToken }: TokenPair): Promise<WebSession> {
  return { ...(await verifyAccessToken(accessToken)), accessToken };
}

/** @returns what the cookie of this browser carries, or null. */
export async function readCookie(): Promise<WebSession | null> {
  const token = await getToken({
    // Only the cookies: Auth.js would otherwise take a bearer token for a cookie.
    req: { headers: { cookie: (await cookies()).toString() } },
    secret: secret(),
    cookieName: fullCookieName(cookieNames.sessionToken),
  });
  return webSession.safeParse(token).data ?? null;
}

function secret(): string {
  return keyFor("web-session").toString("base64url");
}
