import "server-only";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import NextAuth from "next-auth";
import { getToken } from "next-auth/jwt";
import Credentials from "next-auth/providers/credentials";
import { cache } from "react";
import { z } from "zod";
import { env } from "@/lib/env";
import { type Client, clientOf } from "@/lib/http/client";
import { ApiError } from "@/lib/http/errors";
import { currentLocale, findKeptLocale, keepLocale } from "@/lib/preferences";
import { findChosenLocale, rememberLocale } from "@/lib/users/chosen-locale";
import { type AccessClaims, verifyAccessToken } from "./access-tokens";
import type { TokenPair } from "./contract";
import { authenticate, type CurrentUser } from "./guard";
import { keyFor } from "./keys";
import { endSession, maxSessionSeconds, renewAccessToken } from "./sessions";
import { signOut } from "./sign-out";

// Everything that is Auth.js stands in this file, so that it could be replaced here.

/** What the encrypted, HttpOnly cookie carries: never a refresh token, which could not be rotated from a page. */
const webSession = z.object({ userId: z.string(), sessionId: z.uuid(), accessToken: z.string() });

type WebSession = z.output<typeof webSession>;

const providerId = "issued-token";

const authjs = NextAuth(() => ({
  secret: secret(),
  basePath: "/api/auth",
  // The address of links is APP_URL, whatever Host a request names; nothing here is built from it.
  trustHost: true,
  useSecureCookies: isSecure(),
  session: { strategy: "jwt" as const, maxAge: maxSessionSeconds },
  pages: { signIn: "/signin", error: "/signin" },
  providers: [
    // The password was checked, and hashed, by the domain. What comes in here is the token that it issued.
    Credentials({
      id: providerId,
      credentials: { accessToken: {} },
      authorize: async ({ accessToken }) => {
        const token = z.string().parse(accessToken);
        const user = await authenticate(`Bearer ${token}`);
        return { id: user.id, session: { userId: user.id, sessionId: user.sessionId, accessToken: token } };
      },
    }),
  ],
  callbacks: {
    // Called with a user when the cookie is first written, and then it holds this and no more.
    jwt: ({ token, user }) => (user && "session" in user ? webSession.parse(user.session) : token),
  },
}));

/**
 * Signs this browser in with tokens just issued. The session that it had before, if any, is ended.
 * To be called from a server action.
 */
export async function openWebSession({ accessToken }: TokenPair): Promise<void> {
  const previous = await readCookie();
  await authjs.signIn(providerId, { accessToken, redirect: false });
  if (previous) await endSession(previous.sessionId);
  await shareLocale((await verifyAccessToken(accessToken)).userId);
}

/** The language that somebody chose comes along to a browser that has none, and from one that has. */
async function shareLocale(userId: string): Promise<void> {
  const [theirs, here] = await Promise.all([findChosenLocale(userId), findKeptLocale()]);
  if (theirs && !here) await keepLocale(theirs);
  if (here && !theirs) await rememberLocale(userId, here);
}

/** Signs this browser out and ends its session. To be called from a server action. */
export async function closeWebSession(): Promise<void> {
  const user = await findWebUser();
  if (user) await signOut(user, await currentClient());
  await forgetWebSession();
}

/** Takes the cookie away from this browser, whose session is gone already. To be called from a server action. */
export async function forgetWebSession(): Promise<void> {
  await authjs.signOut({ redirect: false });
}

/** @returns who is signed in in this browser, looked up once a request, or null. */
export const findWebUser = cache(async (): Promise<CurrentUser | null> => {
  const session = await readCookie();
  if (!session) return null;
  try {
    return await authenticate(`Bearer ${await liveAccessToken(session)}`);
  } catch (error) {
    // An ended session, a banned or deleted user: nobody is signed in. Anything else is not ours to hide.
    if (error instanceof ApiError && (error.status === 401 || error.status === 403)) return null;
    throw error;
  }
});

/**
 * @param returnTo the path to come back to after signing in.
 * @returns who is signed in; leads to the sign-in page when nobody is.
 */
export async function requireWebUser(returnTo: string): Promise<CurrentUser> {
  return (await findWebUser()) ?? redirect(`/signin?${new URLSearchParams({ returnTo })}`);
}

/**
 * Unlike a page, a form with much to type does not lead to sign-in: what was typed would be lost on the way.
 *
 * @returns who is signed in.
 * @throws ApiError `auth/unauthorized` (401).
 */
export async function requireFormUser(): Promise<CurrentUser> {
  const user = await findWebUser();
  if (!user) throw new ApiError("auth/unauthorized");
  return user;
}

/** @returns who calls, for server actions. */
export async function currentClient(): Promise<Client> {
  return clientOf(await headers(), await currentLocale());
}

/** The token in the cookie, or, once that has run out, a new one from the session that still lives. */
async function liveAccessToken({ userId, sessionId, accessToken }: WebSession): Promise<string> {
  try {
    const claims: AccessClaims = await verifyAccessToken(accessToken);
    return claims.sessionId === sessionId && claims.userId === userId ? accessToken : "";
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== "auth/token-expired") throw error;
    // A page cannot write the cookie, so this happens at each request from then on.
    return renewAccessToken({ userId, sessionId });
  }
}

async function readCookie(): Promise<WebSession | null> {
  // Handed the cookies alone: Auth.js would otherwise take a bearer token for a cookie.
  const cookie = (await cookies()).toString();
  const token = await getToken({ req: { headers: { cookie } }, secret: secret(), secureCookie: isSecure() });
  return webSession.safeParse(token).data ?? null;
}

function secret(): string {
  return keyFor("web-session").toString("base64url");
}

function isSecure(): boolean {
  return env().APP_URL.startsWith("https:");
}
