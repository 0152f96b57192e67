import "server-only";
import { AppError } from "@/lib/core/errors";

/** A stolen access token lives longer than this, but what gives or takes a way into the account needs a newer proof. */
export const freshProofMinutes = 10;

/** @returns the page that asks a signed-in user to prove who they are, and then redirects to a path. */
export function reauthenticationPath(returnTo: string): `/reauthenticate?${string}` {
  return `/reauthenticate?${new URLSearchParams({ returnTo })}`;
}

/**
 * Makes sure that a user proved who they are in the last ten minutes, by signing in or by reauthentication. To be
 * called first by everything that gives or takes a way into an account.
 *
 * @param user as the guard answers it: the age of the proof came with its row.
 * @throws AppError `auth/reauthentication-required` (403).
 */
export function requireFreshProof(user: { hasFreshProof: boolean }): void {
  if (!user.hasFreshProof) throw new AppError("auth/reauthentication-required");
}
