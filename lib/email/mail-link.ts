import { env } from "@/lib/config/env";
import { withParameters } from "@/lib/core/callback-url";
import type { Mail } from "./mail";

/**
 * The link of an email's button. Its origin is `APP_URL` or a `callbackUrl` that was validated when the email was
 * requested, never a header of the request.
 *
 * @returns the URL, with the email's token if it has one; null for an email without a button.
 */
export function mailLink(mail: Mail): string | null {
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
      return withParameters(mail.callbackUrl ?? address("/verify-email"), {
        token: mail.token,
        email: mail.to,
      });
    case "address-changed":
      return address("/undo-address-change", { token: mail.token, email: mail.to });
    case "magic-link":
      return withParameters(mail.callbackUrl, { token: mail.token });
    case "invitation":
      return address("/signup", { invitation: mail.token, email: mail.to });
    case "article-taken-back":
    case "article-deleted":
      return address("/articles");
    case "sign-in-method-added": // part: social-sign-in
    case "sign-in-method-removed": // part: social-sign-in
    case "passkey-removed":
    case "new-device":
    case "second-factor-on":
    case "second-factor-off":
    case "second-factor-removed":
    case "data-exported":
    case "password-changed":
    case "token-reused":
      return address("/forgot-password");
    case "passkey-added":
      return address("/me/security");
    // There is nothing to do on the site.
    case "account-deleted":
    case "account-banned":
      return null;
  }
}

/** @returns the URL of a path of this site, with a query. */
function address(path: `/${string}`, query: Record<string, string> = {}): string {
  const url = new URL(path, env().APP_URL);
  url.search = String(new URLSearchParams(query));
  return url.href;
}
