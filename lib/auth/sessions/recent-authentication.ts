import "server-only";
import { AppError } from "@/lib/core/errors";

/** Shorter than the life of a stolen access token: adding or removing a sign-in method needs a recent proof. */
export const recentMinutes = 10;

/** @returns the URL of the page that reauthenticates a signed-in user, and then redirects to a path. */
export function reauthenticationPath(returnTo: string): `/reauthenticate?${string}` {
  return `/reauthenticate?${new URLSearchParams({ returnTo })}`;
}

/**
 * Makes sure that a user proved their identity in the last ten minutes, by signing in or by reauthentication.
 * Everything that adds or removes a sign-in method calls it first.
 *
 * @param user the signed-in user, whose session was just read.
 * @throws AppError `auth/reauthentication-required` (403).
 */
export function requireRecentAuthentication(user: { hasRecentAuthentication: boolean }): void {
  if (!user.hasRecentAuthentication) throw new AppError("auth/reauthentication-required");
}
