import "server-only";
import { PrismaAdapter } from "@auth/prisma-adapter";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import type { NextRequest } from "next/server";
import NextAuth, { customFetch } from "next-auth";
import type { Adapter } from "next-auth/adapters";
import { getToken } from "next-auth/jwt";
import type { Provider } from "next-auth/providers";
import Credentials from "next-auth/providers/credentials";
import { cache } from "react";
import { z } from "zod";
import { type AccessClaims, verifyAccessToken } from "@/lib/auth/sessions/access-tokens";
import type { TokenPair } from "@/lib/auth/sessions/contract";
import { type CurrentUser, requireBearerUser } from "@/lib/auth/sessions/current-user";
import { reauthenticationPath } from "@/lib/auth/sessions/fresh-proof";
import { endSession, maxSessionSeconds, renewAccessToken } from "@/lib/auth/sessions/sessions";
import { signOut } from "@/lib/auth/sign-out";
import { callProvider, providerTimeoutMs } from "@/lib/auth/social/oauth-client";
import type { SocialIdentity } from "@/lib/auth/social/social-identity";
import { configuredProviders, requireSocialSettings } from "@/lib/auth/social/social-settings";
import { identifyByTokens } from "@/lib/auth/social/social-sign-in";
import { env } from "@/lib/config/env";
import { type Client, clientOf } from "@/lib/core/client";
import { db } from "@/lib/core/db";
import { AppError, isErrorCode } from "@/lib/core/errors";
import { toAppError } from "@/lib/core/log-error";
import { limit } from "@/lib/core/rate-limit";
import { keyFor } from "@/lib/crypto/keys";
import { log } from "@/lib/runtime/log";
import { providers, type SocialProvider, socialProviders } from "@/lib/social-providers/social-providers";
import { findUserLocale, saveUserLocale } from "@/lib/users/user-locale";
import { fullCookieName } from "@/lib/web/cookies";
import { currentLocale, findSavedLocale, saveLocale } from "@/lib/web/preferences";
import {
  clearOAuthFlow,
  completeOAuthFlow,
  findOAuthFlow,
  type OAuthFlow,
  oauthErrorPath,
  oauthSuccessPath,
  saveOAuthFlow,
} from "./oauth-flow";
import { secondFactorPath } from "./pending-sign-in";

// Everything that is Auth.js stands in this file, so that it could be replaced here.
//
// It keeps the browser's cookie, and takes browsers to Google and GitHub and back by state, nonce and PKCE. It
// decides nothing: whom a provider has identified is admitted in `signIn` below, by the function that the API calls
// too. By the time Auth.js asks its adapter for the account there is one, and its adapter can only read.

/** What the encrypted, HttpOnly cookie carries: never a refresh token, which could not be rotated from a page. */
const webSession = z.object({ userId: z.string(), sessionId: z.uuid(), accessToken: z.string() });

type WebSession = z.output<typeof webSession>;

const providerId = "issued-token";

/** The cookies of Auth.js, by its own key. */
const cookieNames = {
  sessionToken: "authjs.session-token",
  callbackUrl: "authjs.callback-url",
  csrfToken: "authjs.csrf-token",
  pkceCodeVerifier: "authjs.pkce.code_verifier",
  state: "authjs.state",
  nonce: "authjs.nonce",
} as const;

/** What one call of Auth.js comes to. */
type AuthjsCall = { identity?: SocialIdentity; session?: WebSession };

// Made anew for each call, so that what comes of a call can be handed from one step to the next.
const authjs = NextAuth(() => {
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
    // Its own lines would hold what a provider said.
    logger: { error: ({ name }) => log.warn("auth.authjs", { error: name }), warn: () => {} },
    providers: [...socialProvidersFor(call), issuedToken(call)],
    callbacks: {
      signIn: async ({ account }) => {
        const provider = socialProviders.find((name) => name === account?.provider);
        if (!provider) return true;
        const flow = await findOAuthFlow(provider);
        try {
          if (!flow) throw new AppError("auth/oauth-callback-failed");
          const [idToken, user, client] = [account?.id_token, await getCurrentUser(), await currentClient()];
          // Auth.js trusts the line on which an id token came; here its signature is looked at as well.
          call.identity ??= await callProvider((signal) =>
            identifyByTokens(provider, { accessToken: "", idToken }, signal),
          );
          const outcome = await completeOAuthFlow(flow, call.identity, user, client);
          if (typeof outcome === "string") return outcome;
          call.session = await sessionOf(outcome);
          await syncLocale(call.session.userId);
          return true;
        } catch (error) {
          return rejectOAuthFlow(flow, error);
        }
      },
      // Whatever Auth.js would put into the cookie, it holds this and no more.
      jwt: ({ token }) => call.session ?? token,
    },
  };
});

/** The password was checked, and hashed, by the domain. What comes in here is the token that it issued. */
function issuedToken(call: AuthjsCall) {
  return Credentials({
    id: providerId,
    credentials: { accessToken: {} },
    authorize: async ({ accessToken }) => {
      const token = z.string().parse(accessToken);
      const { id, sessionId } = await requireBearerUser(`Bearer ${token}`);
      call.session = { userId: id, sessionId, accessToken: token };
      return { id };
    },
  });
}

/** Describes the providers of `lib/auth/social/providers` to Auth.js. */
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
        // Auth.js would not ask whether the address is verified.
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

/** Auth.js looks up by it whom `signIn` has admitted. It neither creates users nor links accounts by itself. */
const readOnlyAdapter: Adapter = {
  // The generated client does all that the adapter asks of one, under a type of its own.
  getUserByAccount: PrismaAdapter(db as unknown as Parameters<typeof PrismaAdapter>[0]).getUserByAccount,
};

/** The one line in the log, and the path at which a person is told. */
async function rejectOAuthFlow(flow: OAuthFlow | null, thrown: unknown): Promise<string> {
  const error = toAppError(thrown);
  const { requestId, ip } = await currentClient();
  const event = { code: error.code, requestId, ip };
  if (error.status >= 500) log.error("auth.social-failed", thrown, event);
  else log.warn("auth.social-refused", event);
  return oauthErrorPath(flow, error.code);
}

/**
 * Sends this browser to a provider. To be called from a server action.
 *
 * @returns the address at the provider.
 * @throws AppError `auth/oauth-not-configured` (400), `auth/oauth-callback-failed` (500).
 */
export async function startOAuthFlow(flow: OAuthFlow): Promise<string> {
  requireSocialSettings(flow.provider);
  const redirectTo = oauthSuccessPath(flow);
  const address = z.url().parse(await authjs.signIn(flow.provider, { redirectTo, redirect: false }));
  // When the provider is away, Auth.js answers with the page for its errors.
  if (new URL(address).origin === env().APP_URL) throw new AppError("auth/oauth-callback-failed");
  await saveOAuthFlow(flow);
  return address;
}

/**
 * Takes a browser back from a provider, and sends it on to where it was going, signed in; or to a page that says
 * why not. The session that it had before, if it signs in anew, is ended.
 */
export async function handleOAuthCallback(provider: SocialProvider, request: NextRequest): Promise<Response> {
  const flow = await findOAuthFlow(provider);
  const previous = await readCookie();
  try {
    await limit("request", (await currentClient()).ip);
    const response = await authjs.handlers.GET(request);
    const location = z.url().parse(response.headers.get("location"));
    const error = new URL(location).searchParams.get("error");
    // Ours, told by `signIn`, or none.
    if (error === null || isErrorCode(error)) {
      const isSignedIn = error === null && new URL(location).pathname !== secondFactorPath;
      if (isSignedIn && flow?.purpose === "sign-in" && previous) await endSession(previous.sessionId);
      return response;
    }
    const isCancelled = request.nextUrl.searchParams.get("error") === "access_denied";
    throw new AppError(isCancelled ? "auth/oauth-cancelled" : "auth/oauth-callback-failed");
  } catch (error) {
    return sendTo(await rejectOAuthFlow(flow, error));
  } finally {
    await clearOAuthFlow();
  }
}

function sendTo(path: string): Response {
  return new Response(null, { status: 302, headers: { Location: env().APP_URL + path } });
}

async function sessionOf({ accessToken }: TokenPair): Promise<WebSession> {
  return { ...(await verifyAccessToken(accessToken)), accessToken };
}

/**
 * Signs this browser in with tokens just issued. The session that it had before, if any, is ended.
 * To be called from a server action.
 */
export async function openWebSession({ accessToken }: TokenPair): Promise<void> {
  const previous = await readCookie();
  await authjs.signIn(providerId, { accessToken, redirect: false });
  if (previous) await endSession(previous.sessionId);
  await syncLocale((await verifyAccessToken(accessToken)).userId);
}

/** The language that a user chose comes along to a browser that has none, and from one that has. */
async function syncLocale(userId: string): Promise<void> {
  const [theirs, here] = await Promise.all([findUserLocale(userId), findSavedLocale()]);
  if (theirs && !here) await saveLocale(theirs);
  if (here && !theirs) await saveUserLocale(userId, here);
}

/** Signs this browser out and ends its session. To be called from a server action. */
export async function closeWebSession(): Promise<void> {
  const user = await getCurrentUser();
  if (user) await signOut(user, await currentClient());
  await clearSessionCookie();
}

/** Takes the cookie away from this browser, whose session is gone already. To be called from a server action. */
export async function clearSessionCookie(): Promise<void> {
  await authjs.signOut({ redirect: false });
}

/** @returns who is signed in in this browser, looked up once a request, or null. */
export const getCurrentUser = cache(async (): Promise<CurrentUser | null> => {
  const session = await readCookie();
  if (!session) return null;
  try {
    return await requireBearerUser(`Bearer ${await validAccessToken(session)}`);
  } catch (error) {
    // An ended session, a banned or deleted user: no user is signed in. Anything else is not ours to hide.
    if (error instanceof AppError && (error.status === 401 || error.status === 403)) return null;
    throw error;
  }
});

/**
 * @param returnTo the path to come back to after signing in.
 * @returns the signed-in user; leads to the sign-in page when there is none.
 */
export async function requireCurrentUser(returnTo: string): Promise<CurrentUser> {
  return (await getCurrentUser()) ?? redirect(`/signin?${new URLSearchParams({ returnTo })}`);
}

/**
 * As `requireCurrentUser`, for what gives or takes a way into the account.
 *
 * @param returnTo the path to come back to after signing in, or after proving once more who they are.
 */
export async function requireFreshCurrentUser(returnTo: string): Promise<CurrentUser> {
  const user = await requireCurrentUser(returnTo);
  if (!user.hasFreshProof) redirect(reauthenticationPath(returnTo));
  return user;
}

/**
 * Unlike a page, a form with much to type does not lead to sign-in: what was typed would be lost on the way.
 *
 * @returns who is signed in.
 * @throws AppError `auth/unauthorized` (401).
 */
export async function requireCurrentUserOr401(): Promise<CurrentUser> {
  const user = await getCurrentUser();
  if (!user) throw new AppError("auth/unauthorized");
  return user;
}

/** @returns who calls, for server actions. */
export async function currentClient(): Promise<Client> {
  return clientOf(await headers(), await currentLocale());
}

/** The token in the cookie, or, once that has run out, a new one from the session that still lives. */
async function validAccessToken({ userId, sessionId, accessToken }: WebSession): Promise<string> {
  try {
    const claims: AccessClaims = await verifyAccessToken(accessToken);
    return claims.sessionId === sessionId && claims.userId === userId ? accessToken : "";
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "auth/token-expired") throw error;
    // A page cannot write the cookie, so this happens at each request from then on.
    return renewAccessToken({ userId, sessionId });
  }
}

async function readCookie(): Promise<WebSession | null> {
  // Handed the cookies alone: Auth.js would otherwise take a bearer token for a cookie.
  const cookie = (await cookies()).toString();
  const token = await getToken({
    req: { headers: { cookie } },
    secret: secret(),
    cookieName: fullCookieName(cookieNames.sessionToken),
  });
  return webSession.safeParse(token).data ?? null;
}

function secret(): string {
  return keyFor("web-session").toString("base64url");
}
