import "server-only";
import { cookies } from "next/headers";
import NextAuth, { type NextAuthConfig } from "next-auth";
import { getToken } from "next-auth/jwt";
import Credentials from "next-auth/providers/credentials";
import { z } from "zod";
import { requireBearerUser } from "@/lib/auth/sessions/current-user";
import { maxSessionSeconds } from "@/lib/auth/sessions/sessions";
import { env } from "@/lib/config/env";
import { keyFor } from "@/lib/crypto/keys";
import { log } from "@/lib/runtime/log";
import { fullCookieName } from "@/lib/web/cookies";

// Auth.js keeps the cookie of the browser, and here is all of that, so that it can be replaced. It decides nothing: the
// domain has signed the user in before. An extension adds providers to it, and what follows a return from them.

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
export type AuthjsCall = { session?: WebSession };

/** What is added to the configuration for one request. */
export type AuthjsExtension = Pick<NextAuthConfig, "adapter" | "callbacks" | "providers">;

/**
 * @param extend adds to the configuration; none where no provider takes part in the request.
 * @returns Auth.js for one request: what a callback learns is kept for the ones after it.
 */
export function authjs(extend?: (call: AuthjsCall) => AuthjsExtension) {
  return NextAuth(() => {
    const call: AuthjsCall = {};
    return configFor(call, extend?.(call));
  });
}

function configFor(call: AuthjsCall, extension?: AuthjsExtension): NextAuthConfig {
  // Auth.js takes its own address from here alone, and otherwise from whatever Host a request names.
  process.env.AUTH_URL = env().APP_URL;
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
    // Its own lines would contain what a provider answered.
    logger: { error: ({ name }) => log.warn("auth.authjs", { error: name }), warn: () => {} },
    ...extension,
    providers: [...(extension?.providers ?? []), issuedToken(call)],
    callbacks: {
      ...extension?.callbacks,
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
