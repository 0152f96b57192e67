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

/** Requests a password reset link by email. The response is the same whether or not the account exists. */
export const forgotPasswordAction = formAction(
  "forgot-password",
  forgotPasswordForm,
  async ({ email, returnTo }) => {
    afterResponse(await requestPasswordReset({ email }));
    await saveReturnTo(returnTo);
    redirect(`/forgot-password?${new URLSearchParams({ sent: "", ...(returnTo && { returnTo }) })}`);
  },
  passwordResetRequestContract,
);

/** Sets a new password with the emailed link, and redirects to sign-in. */
export const resetPasswordAction = formAction("reset-password", resetPasswordForm, async (input) => {
  await resetPassword(input, await currentClient());
  const returnTo = await consumeReturnTo();
  redirect(`/signin?${new URLSearchParams({ reset: "", ...(returnTo && { returnTo }) })}`);
});

/** Reauthenticates a signed-in user by password, and redirects to the page that was requested. */
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
