"use server";

import { redirect } from "next/navigation";
import { continueForm } from "@/lib/auth/social-contract";
import { beginErrand } from "@/lib/auth/web-session";
import { formAction } from "@/lib/form";

/** Leads to a provider, to sign in or up by it and come back to where one was going. */
export const continueAction = formAction("continue", continueForm, async ({ provider, returnTo }) => {
  redirect(await beginErrand({ purpose: "sign-in", provider, returnTo }));
});
