import "server-only";
import type { Client } from "@/lib/http/client";
import { Redirection } from "@/lib/http/endpoint";
import { ApiError } from "@/lib/http/errors";
import { withParameters } from "./callback-url";
import { emailAddress } from "./contract";
import { confirmSignUpEmail } from "./email-verification";

/**
 * Follows the link in the mail that confirms a sign-up address.
 *
 * @param callbackUrl where to send the browser, with the outcome in the query; without it the outcome is the answer.
 * @throws ApiError as `confirmSignUpEmail`, and `auth/invalid-email` (400), where there is no `callbackUrl`.
 */
export async function followSignUpLink(
  link: { token: string; email: string; callbackUrl?: string },
  client: Client,
) {
  const { token, callbackUrl } = link;
  try {
    const email = emailAddress.safeParse(link.email).data;
    if (!email) throw new ApiError("auth/invalid-email");
    await confirmSignUpEmail({ email, token }, client);
    if (callbackUrl) return new Redirection(withParameters(callbackUrl, { verified: "true", email }));
    return { success: true, data: { verified: true, email } } as const;
  } catch (error) {
    if (!callbackUrl || !(error instanceof ApiError)) throw error;
    return new Redirection(withParameters(callbackUrl, { verified: "false", error: error.code }));
  }
}
