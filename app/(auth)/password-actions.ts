"use server";

import { redirect } from "next/navigation";
import { changePassword } from "@/lib/auth/passwords/change-password";
import {
  changePasswordForm,
  forgotPasswordForm,
  passwordResetRequestContract,
  reauthenticateContract,
  reauthenticationForm,
  resetPasswordForm,
} from "@/lib/auth/passwords/contract";
import { reauthenticate } from "@/lib/auth/passwords/reauthenticate";
import { requestPasswordReset, resetPassword } from "@/lib/auth/passwords/reset-password";
import { reauthenticationPath } from "@/lib/auth/sessions/recent-authentication";
import { afterResponse } from "@/lib/email/after-response";
import { formAction } from "@/lib/web/forms/form-action";
import { safeRedirectPath } from "@/lib/web/paths/safe-redirect-path";
import { currentClient, requireCurrentUser } from "@/lib/web/session/browser-session";
import { consumeReturnTo, saveReturnTo } from "@/lib/web/session/return-to-cookie";

/** Has a link mailed that sets a new password, whether or not there is such an account. */
export const forgotPasswordAction = formAction(
  "forgot-password",
  forgotPasswordForm,
  async ({ email, returnTo }) => {
    afterResponse(await requestPasswordReset({ email }));
    await saveReturnTo(returnTo);
    redirect("/forgot-password?sent");
  },
  passwordResetRequestContract,
);

/** Sets a new password by the link of the mail, and leads to sign-in. */
export const resetPasswordAction = formAction("reset-password", resetPasswordForm, async (input) => {
  await resetPassword(input, await currentClient());
  const returnTo = await consumeReturnTo();
  redirect(`/signin?${new URLSearchParams({ reset: "", ...(returnTo && { returnTo }) })}`);
});

/** Asks a signed-in user for the password once more, and goes on to where they were going. */
export const reauthenticateAction = formAction(
  "reauthenticate",
  reauthenticationForm,
  async ({ returnTo, ...input }) => {
    const path = safeRedirectPath(returnTo, "/me");
    await reauthenticate(input, await requireCurrentUser(reauthenticationPath(path)), await currentClient());
    redirect(path);
  },
  reauthenticateContract,
);

/** Changes the password of a user who knows the current one. */
export const changePasswordAction = formAction("change-password", changePasswordForm, async (input) => {
  await changePassword(input, await requireCurrentUser("/me/password"), await currentClient());
  redirect("/me/password?changed");
});
