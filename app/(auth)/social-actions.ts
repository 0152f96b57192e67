"use server";

import { redirect } from "next/navigation";
import { reauthenticationPath } from "@/lib/auth/fresh-proof";
import { continueForm } from "@/lib/auth/social-contract";
import { beginErrand, requireWebUser } from "@/lib/auth/web-session";
import { formAction } from "@/lib/form";

/** Leads to a provider, to sign in or up by it and come back to where one was going. */
export const continueAction = formAction("continue", continueForm, async ({ provider, returnTo }) => {
  redirect(await beginErrand({ purpose: "sign-in", provider, returnTo }));
});

/** Leads a signed-in user to a provider, to come back having proved once more who they are. */
export const reauthenticateByProviderAction = formAction(
  "reauthenticate-by-provider",
  continueForm,
  async ({ provider, returnTo }) => {
    await requireWebUser(reauthenticationPath(returnTo));
    redirect(await beginErrand({ purpose: "reauthenticate", provider, returnTo }));
  },
);
