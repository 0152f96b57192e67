import "server-only";
import { AppError } from "@/lib/core/errors";

/** A stolen access token lives longer than this, but what gives or takes a way into the account needs a newer proof. */
export const recentMinutes = 10;

/** @returns the page that asks a signed-in user to prove who they are, and then redirects to a path. */
export function reauthenticationPath(returnTo: string): `/reauthenticate?${string}` {
  return `/reauthenticate?${new URLSearchParams({ returnTo })}`;
}

/**
 * Makes sure that a user proved their identity in the last ten minutes, by signing in or by reauthentication.
 * Everything that adds or removes a sign-in method calls it first.
 *
 * @param user as the guard returns it, with the age of the proof.
 * @throws AppError `auth/reauthentication-required` (403).
 */
export function requireRecentAuthentication(user: { hasRecentAuthentication: boolean }): void {
  if (!user.hasRecentAuthentication) throw new AppError("auth/reauthentication-required");
}
