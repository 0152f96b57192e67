import "server-only";
import type { Route } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { type AccessClaims, verifyAccessToken } from "@/lib/auth/sessions/access-tokens";
import type { TokenPair } from "@/lib/auth/sessions/contract";
import { type CurrentUser, requireBearerUser } from "@/lib/auth/sessions/current-user";
import { reauthenticationPath } from "@/lib/auth/sessions/recent-authentication";
import { endSession, renewAccessToken } from "@/lib/auth/sessions/sessions";
import { signOut } from "@/lib/auth/sign-out";
import { type Client, clientOf } from "@/lib/core/client";
import { AppError } from "@/lib/core/errors";
import { findUserLocale, saveUserLocale } from "@/lib/users/user-locale";
import { currentLocale, findSavedLocale, saveLocale } from "@/lib/web/preferences";
import { authjs, issuedTokenId, readCookie, type WebSession } from "./authjs";

/**
 * Signs this browser in with newly issued tokens, and ends its previous session, if any.
 * Call it from a server action.
 */
export async function openWebSession({ accessToken }: TokenPair): Promise<void> {
  const previous = await readCookie();
  await authjs().signIn(issuedTokenId, { accessToken, redirect: false });
  if (previous) await endSession(previous.sessionId);
  await syncLocale((await verifyAccessToken(accessToken)).userId);
}

/** Copies the chosen language from the account to a browser that has none, or from the browser to the account. */
export async function syncLocale(userId: string): Promise<void> {
  const [ofAccount, ofBrowser] = await Promise.all([findUserLocale(userId), findSavedLocale()]);
  if (ofAccount && !ofBrowser) await saveLocale(ofAccount);
  if (ofBrowser && !ofAccount) await saveUserLocale(userId, ofBrowser);
}

/** Signs this browser out and ends its session. Call it from a server action. */
export async function closeWebSession(): Promise<void> {
  const user = await getCurrentUser();
  if (user) await signOut(user, await currentClient());
  await clearSessionCookie();
}

/** Deletes the cookie of this browser after its session has ended. Call it from a server action. */
export async function clearSessionCookie(): Promise<void> {
  await authjs().signOut({ redirect: false });
}

/** @returns the user who is signed in in this browser, or null; looked up once per request. */
export const getCurrentUser = cache(async (): Promise<CurrentUser | null> => {
  const session = await readCookie();
  if (!session) return null;
  try {
    return await requireBearerUser(`Bearer ${await validAccessToken(session)}`);
  } catch (error) {
    // An ended session, a banned or deleted user: no user is signed in. Other errors must not be hidden.
    if (error instanceof AppError && (error.status === 401 || error.status === 403)) return null;
    throw error;
  }
});

/**
 * @param returnTo the path to return to after signing in.
 * @returns the signed-in user; redirects to the sign-in page when there is none.
 */
export async function requireCurrentUser<Path extends string>(returnTo: Route<Path>): Promise<CurrentUser> {
  return (await getCurrentUser()) ?? redirect(`/signin?${new URLSearchParams({ returnTo })}`);
}

/**
 * As `requireCurrentUser`, for pages that add or remove access to the account: also requires a recent authentication.
 *
 * @param returnTo the path to return to after signing in or reauthenticating.
 */
export async function requireFreshCurrentUser<Path extends string>(
  returnTo: Route<Path>,
): Promise<CurrentUser> {
  const user = await requireCurrentUser(returnTo);
  if (!user.hasRecentAuthentication) redirect(reauthenticationPath(returnTo));
  return user;
}

/**
 * For forms with much to type, since a redirect to sign-in would lose the text, and for forms that clean up after a
 * redirect.
 *
 * @returns the signed-in user.
 * @throws AppError `auth/unauthorized` (401).
 */
export async function requireCurrentUserOr401(): Promise<CurrentUser> {
  const user = await getCurrentUser();
  if (!user) throw new AppError("auth/unauthorized");
  return user;
}

/** @returns the caller, for server actions. */
export async function currentClient(): Promise<Client> {
  return clientOf(await headers(), await currentLocale());
}

/** The token in the cookie, or a new one if it has expired and the session has not. */
async function validAccessToken({ userId, sessionId, accessToken }: WebSession): Promise<string> {
  try {
    const claims: AccessClaims = await verifyAccessToken(accessToken);
    return claims.sessionId === sessionId && claims.userId === userId ? accessToken : "";
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "auth/token-expired") throw error;
    // A page cannot set a cookie, so every later request renews the token again.
    return renewAccessToken({ userId, sessionId });
  }
}
