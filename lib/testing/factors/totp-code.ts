import { Secret, TOTP } from "otpauth";

/** @param steps of 30 seconds from now. @returns the code of a secret at that time. */
export function codeOf(secret: string, steps = 0): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + steps * 30_000 });
}
