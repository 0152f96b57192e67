"use server";

import { redirect } from "next/navigation";
import { signInForm, signUpForm } from "@/lib/auth/contract";
import { signIn } from "@/lib/auth/sign-in";
import { signUp } from "@/lib/auth/sign-up";
import { formAction } from "@/lib/web/forms/form-action";
import { safeRedirectPath } from "@/lib/web/session/safe-redirect-path";
import { currentClient, openWebSession } from "@/lib/web/session/web-session";

/** Creates an account, signs in and redirects to the requested page. */
export const signUpAction = formAction(
  "sign-up",
  signUpForm,
  async ({ returnTo, invitationToken, ...input }) => {
    const signUpInput = { ...input, ...(invitationToken && { invitationToken }) };
    await openWebSession(await signUp(signUpInput, await currentClient()));
    redirect(safeRedirectPath(returnTo, "/me"));
  },
  { addressLimit: "signUp" },
);

/** Signs in and redirects to the requested page. */
export const signInAction = formAction(
  "sign-in",
  signInForm,
  async ({ returnTo, ...input }) => {
    await openWebSession(await signIn(input, await currentClient()));
    redirect(safeRedirectPath(returnTo, "/me"));
  },
  { addressLimit: "signIn" },
);
