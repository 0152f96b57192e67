import "server-only";
import { env } from "@/lib/config/env";
import { AppError } from "@/lib/core/errors";

/** @returns what passkeys are bound to: the host name of `APP_URL`, and pages of that origin alone. */
export function relyingParty(): { id: string; origin: string } {
  const { APP_URL } = env();
  return { id: new URL(APP_URL).hostname, origin: APP_URL };
}

/** A user as authenticators store it, in the bytes of WebAuthn's user handle. */
export function userHandleOf(userId: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(userId));
}

/**
 * Runs a verification of the WebAuthn library, which throws both for an invalid signature and for input that it cannot
 * parse.
 *
 * @param account the owner of the passkey, for the log.
 * @throws AppError `auth/invalid-passkey` (401).
 */
export async function verifyOrReject<Result extends { verified: boolean }>(
  verify: () => Promise<Result>,
  account?: string,
): Promise<Result & { verified: true }> {
  const options = account !== undefined ? { account } : {};
  const result = await verify().catch((error: unknown) => {
    throw new AppError("auth/invalid-passkey", { ...options, cause: error });
  });
  if (!isVerified(result)) throw new AppError("auth/invalid-passkey", options);
  return result;
}

function isVerified<Result extends { verified: boolean }>(
  result: Result,
): result is Result & { verified: true } {
  return result.verified;
}
