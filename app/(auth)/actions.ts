"use server";

import { redirect } from "next/navigation";
import { secondFactorForm, signInForm, signUpForm } from "@/lib/auth/contract";
import { passwordMark, requirePassword, signInByPassword } from "@/lib/auth/sign-in";
import { signUp } from "@/lib/auth/sign-up";
import { formAction } from "@/lib/web/forms/form-action";
import { safeRedirectPath } from "@/lib/web/paths/safe-redirect-path";
import { currentClient, openWebSession } from "@/lib/web/session/browser-session";
import { completePendingSignIn, pendingSignIn, secondFactorPath } from "@/lib/web/session/pending-sign-in";

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
    const client = await currentClient();
    const user = await requirePassword(input, client);
    if (user.mfaEnabled) {
      await pendingSignIn.save({
        by: "password",
        userId: user.id,
        passwordMark: passwordMark(user),
        returnTo,
      });
      redirect(secondFactorPath);
    }
    await openWebSession(await signInByPassword(user, undefined, client));
    redirect(safeRedirectPath(returnTo, "/me"));
  },
  { addressLimit: "signIn" },
);

/** Completes a pending sign-in with a second-factor code, and redirects to the page that was requested. */
export const secondFactorAction = formAction(
  "second-factor",
  secondFactorForm,
  async ({ code }) => {
    const pending = await pendingSignIn.find();
    if (!pending) redirect("/signin");
    const tokens = await completePendingSignIn(pending, code, await currentClient());
    if (tokens) await openWebSession(tokens);
    await pendingSignIn.clear();
    redirect(safeRedirectPath(pending.returnTo, "/me"));
  },
  { addressLimit: "signIn" },
);
