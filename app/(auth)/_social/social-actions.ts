"use server";

import { redirect } from "next/navigation";
import { reauthenticationPath } from "@/lib/auth/sessions/recent-authentication";
import { continueForm } from "@/lib/auth/social/contract";
import { formAction } from "@/lib/web/forms/form-action";
import { requireCurrentUser } from "@/lib/web/session/browser-session";
import { startOAuthFlow } from "@/lib/web/social/provider-redirects";

/** Redirects to a provider to sign in or sign up, and then back to the requested page. */
export const socialSignInAction = formAction("continue", continueForm, async (input) => {
  redirect(await startOAuthFlow({ purpose: "sign-in", ...input }));
});

/** Redirects a signed-in user to a provider to reauthenticate. */
export const reauthenticateByProviderAction = formAction(
  "reauthenticate-by-provider",
  continueForm,
  async ({ provider, returnTo }) => {
    await requireCurrentUser(reauthenticationPath(returnTo));
    redirect(await startOAuthFlow({ purpose: "reauthenticate", provider, returnTo }));
  },
);
