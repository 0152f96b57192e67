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

// Auth.js manages the session cookie of the browser. All of its use is here, so that it can be replaced. It makes no
// decisions: the domain has already signed the user in. An extension adds providers and handles their callbacks.

/** The content of the encrypted, HttpOnly cookie: never a refresh token, which a page could not rotate. */
const webSession = z.object({ userId: z.string(), sessionId: z.uuid(), accessToken: z.string() });

export type WebSession = z.output<typeof webSession>;

/** The id of the provider that accepts a newly issued access token, not a password. */
export const issuedTokenId = "issued-token";

/** The cookie names by the keys of Auth.js. */
const cookieNames = {
  sessionToken: "authjs.session-token",
  callbackUrl: "authjs.callback-url",
  csrfToken: "authjs.csrf-token",
  pkceCodeVerifier: "authjs.pkce.code_verifier",
  state: "authjs.state",
  nonce: "authjs.nonce",
} as const;

/** The state that the callbacks of one request share. */
export type AuthjsCall = { session?: WebSession };

/** The part of the configuration that is added for one request. */
export type AuthjsExtension = Pick<NextAuthConfig, "adapter" | "callbacks" | "providers">;

/**
 * @param extend adds to the configuration, if a provider is involved in the request.
 * @returns Auth.js for one request: later callbacks share the state of earlier ones.
 */
export function authjs(extend?: (call: AuthjsCall) => AuthjsExtension) {
  return NextAuth(() => {
    const call: AuthjsCall = {};
    return configFor(call, extend?.(call));
  });
}

function configFor(call: AuthjsCall, extension?: AuthjsExtension): NextAuthConfig {
  // Without this setting, Auth.js would trust the `Host` header of a request.
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
    // The default log lines would contain responses of the provider.
    logger: { error: ({ name }) => log.warn("auth.authjs", { error: name }), warn: () => {} },
    ...extension,
    providers: [...(extension?.providers ?? []), issuedToken(call)],
    callbacks: {
      ...extension?.callbacks,
      // Replaces the default content of the cookie.
      jwt: ({ token }) => call.session ?? token,
    },
  };
}

/** Accepts the token that the domain issued after it verified the password. */
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

/** @returns the content of this browser's session cookie, or null. */
export async function readCookie(): Promise<WebSession | null> {
  const token = await getToken({
    // Only the cookies: Auth.js would otherwise accept a bearer token as the cookie.
    req: { headers: { cookie: (await cookies()).toString() } },
    secret: secret(),
    cookieName: fullCookieName(cookieNames.sessionToken),
  });
  return webSession.safeParse(token).data ?? null;
}

function secret(): string {
  return keyFor("web-session").toString("base64url");
}
