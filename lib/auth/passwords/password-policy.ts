import { env } from "@/lib/config/env";
import { countCodePoints, isStorableText } from "@/lib/core/contract";
import type { FieldProblem } from "@/lib/core/errors";
import { isCommonPassword } from "./common-passwords";

/** bcrypt ignores all bytes beyond these. */
export const maxPasswordBytes = 72;

/**
 * Checks a new password against the policy.
 *
 * @returns the first rule that it breaks, or null.
 * @see NIST SP 800-63B-4, section 3.1.1
 */
export function passwordProblem(password: string): Omit<FieldProblem, "path"> | null {
  const policy = env();
  if (!isStorableText(password)) return { message: "unsafeText" };
  if (countCodePoints(password) < policy.PASSWORD_MIN_LENGTH) {
    return { message: "tooShort", parameters: { minimum: policy.PASSWORD_MIN_LENGTH } };
  }
  if (Buffer.byteLength(password) > maxPasswordBytes) return { message: "passwordTooLong" };
  if (policy.PASSWORD_REQUIRE_UPPERCASE && !/\p{Lu}/u.test(password)) return { message: "passwordUppercase" };
  if (policy.PASSWORD_REQUIRE_LOWERCASE && !/\p{Ll}/u.test(password)) return { message: "passwordLowercase" };
  if (policy.PASSWORD_REQUIRE_NUMBER && !/\p{Nd}/u.test(password)) return { message: "passwordNumber" };
  if (policy.PASSWORD_REQUIRE_SPECIAL && !/[^\p{L}\p{N}]/u.test(password))
    return { message: "passwordSpecial" };
  if (policy.PASSWORD_BLOCK_COMMON && isCommonPassword(password)) return { message: "passwordCommon" };
  return null;
}
