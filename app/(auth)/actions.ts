"use server";

import { redirect } from "next/navigation";
import { signInForm, signUpForm } from "@/lib/auth/contract";
import { ownPath } from "@/lib/auth/return-to";
import { signIn } from "@/lib/auth/sign-in";
import { signUp } from "@/lib/auth/sign-up";
import { currentClient, openWebSession } from "@/lib/auth/web-session";
import { formAction } from "@/lib/form";

/** Creates an account, signs in and goes on to where one was going. */
export const signUpAction = formAction(
  "sign-up",
  signUpForm,
  async ({ returnTo, ...input }) => {
    await openWebSession(await signUp(input, await currentClient()));
    redirect(ownPath(returnTo, "/me"));
  },
  { addressLimit: "signUp" },
);

/** Signs in and goes on to where one was going. */
export const signInAction = formAction(
  "sign-in",
  signInForm,
  async ({ returnTo, ...input }) => {
    await openWebSession(await signIn(input, await currentClient()));
    redirect(ownPath(returnTo, "/me"));
  },
  { addressLimit: "signIn" },
);
