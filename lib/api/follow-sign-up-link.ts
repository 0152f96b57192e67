import "server-only";
import { confirmSignUpEmail } from "@/lib/auth/email/email-verification";
import { withParameters } from "@/lib/core/callback-url";
import type { Client } from "@/lib/core/client";
import { AppError } from "@/lib/core/errors";
import { emailAddress } from "@/lib/core/fields";
import { Redirection } from "./endpoint";

/**
 * Follows the link in the email that confirms a sign-up address.
 *
 * @param callbackUrl where to redirect the browser, with the outcome in the query; without it the outcome is returned.
 * @throws AppError as `confirmSignUpEmail`, and `auth/invalid-email` (400), if there is no `callbackUrl`.
 */
export async function followSignUpLink(
  link: { token: string; email: string; callbackUrl?: string },
  client: Client,
) {
  const { token, callbackUrl } = link;
  try {
    const email = emailAddress.safeParse(link.email).data;
    if (!email) throw new AppError("auth/invalid-email");
    await confirmSignUpEmail({ email, token }, client);
    if (callbackUrl) return new Redirection(withParameters(callbackUrl, { verified: "true", email }));
    return { success: true, data: { verified: true, email } } as const;
  } catch (error) {
    if (!callbackUrl || !(error instanceof AppError)) throw error;
    return new Redirection(withParameters(callbackUrl, { verified: "false", error: error.code }));
  }
}
