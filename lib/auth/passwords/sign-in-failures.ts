import "server-only";
import { clearFailures } from "@/lib/core/rate-limit";

/**
 * What failures to sign in are counted by. Addresses from which the account was signed in to lately count apart, so
 * that strangers cannot lock its owner out.
 */
export function signInFailureKey(email: string, isKnownClient: boolean): string {
  return isKnownClient ? `known ${email}` : email;
}

/** Forgets the failures to sign in to an account, as a success and a reset do. */
export async function clearSignInFailures(email: string): Promise<void> {
  await Promise.all(
    [true, false].map((isKnownClient) =>
      clearFailures("signInFailure", signInFailureKey(email, isKnownClient)),
    ),
  );
}
