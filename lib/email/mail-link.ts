import { env } from "@/lib/config/env";
import type { Mail } from "./mail";

/** Every mail has a button, but the one about an account that is gone: nothing can be done there any more. */
export type MailWithLink = Exclude<Mail, { template: "account-deleted" }>;

/**
 * Where the button of a mail leads. Its origin is `APP_URL` or a `callbackUrl` that was checked when the mail
 * was asked for, never a header of the request.
 *
 * @returns the address, with the mail's token if it has one.
 */
export function mailLink(mail: MailWithLink): string {
  switch (mail.template) {
    case "verify-sign-up":
      return address("/api/v1/auth/signup/email/confirm", {
        token: mail.token,
        email: mail.to,
        callbackUrl: mail.callbackUrl ?? address("/verify-email"),
      });
    case "reset-password":
      return address("/reset-password", { token: mail.token, email: mail.to });
    case "verify-new-address":
      return address(mail.callbackUrl ?? "/verify-email", { token: mail.token, email: mail.to });
    case "address-changed":
      return address("/undo-address-change", { token: mail.token, email: mail.to });
    case "sign-in-method-added":
    case "sign-in-method-removed":
    case "second-factor-on":
    case "second-factor-off":
    case "second-factor-removed":
    case "data-exported":
    case "password-changed":
    case "token-reused":
      return address("/forgot-password");
  }
}

/** @returns the address on this site, or elsewhere if it is absolute, with the query it came with and this one. */
function address(pathOrUrl: string, query: Record<string, string> = {}): string {
  const url = new URL(pathOrUrl, env().APP_URL);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url.href;
}
