"use server";

import { redirect } from "next/navigation";
import { requestLinkForm, signInByLinkForm } from "@/lib/auth/contract";
import { requestMagicLink, signInByLink } from "@/lib/auth/magic-link";
import { env } from "@/lib/config/env";
import { afterResponse } from "@/lib/email/after-response";
import { formAction } from "@/lib/web/forms/form-action";
import { safeRedirectPath } from "@/lib/web/paths/safe-redirect-path";
import { currentClient, openWebSession } from "@/lib/web/session/browser-session";
import { consumeLinkRequest, linkRequest } from "@/lib/web/session/magic-link-cookie";

/** Requests a sign-in link by email. The response is the same whether or not the account exists. */
export const requestLinkAction = formAction(
  "request-link",
  requestLinkForm,
  async ({ email, invitationToken, returnTo }) => {
    const request = {
      email,
      callbackUrl: `${env().APP_URL}/magic-link`,
      ...(invitationToken && { invitationToken }),
    };
    afterResponse(await requestMagicLink(request, await currentClient()));
    await linkRequest.save({ email, invitationToken, returnTo: safeRedirectPath(returnTo, "") });
    redirect("/magic-link?sent");
  },
);

/** Signs in with the emailed link, and redirects to the page that was requested. */
export const signInByLinkAction = formAction(
  "sign-in-by-link",
  signInByLinkForm,
  async (input) => {
    // The page says beside the button that continuing means agreeing to both.
    const agreements = { termsAccepted: true, privacyAccepted: true } as const;
    await openWebSession(await signInByLink(input, await currentClient(), agreements));
    redirect((await consumeLinkRequest()) || "/me");
  },
  { addressLimit: "signIn" },
);
