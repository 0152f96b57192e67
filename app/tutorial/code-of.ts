/**
 * Computes the current TOTP code, as an authenticator app does. The library is loaded on the first call: readers who
 * skip the step do not download it.
 *
 * @param secret in base32, as `POST /v1/auth/mfa/enable` returns it.
 */
export async function codeOf(secret: string): Promise<string> {
  const { Secret, TOTP } = await import("otpauth");
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate();
}
