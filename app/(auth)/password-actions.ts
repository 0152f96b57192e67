"use server";

import { redirect } from "next/navigation";
import { reauthenticationPath } from "@/lib/auth/fresh-proof";
import { changePassword } from "@/lib/auth/password-change";
import {
  changePasswordForm,
  forgotPasswordForm,
  passwordResetRequestContract,
  reauthenticateContract,
  reauthenticationForm,
  resetPasswordForm,
} from "@/lib/auth/password-contract";
import { requestPasswordReset, resetPassword } from "@/lib/auth/password-reset";
import { reauthenticate } from "@/lib/auth/reauthenticate";
import { ownPath } from "@/lib/auth/return-to";
import { keepReturnTo, takeReturnTo } from "@/lib/auth/return-to-cookie";
import { currentClient, requireWebUser } from "@/lib/auth/web-session";
import { formAction } from "@/lib/form";
import { afterAnswer } from "@/lib/http/after-answer";

/** Has a link mailed that sets a new password, whether or not there is such an account. */
export const forgotPasswordAction = formAction(
  "forgot-password",
  forgotPasswordForm,
  async ({ email, returnTo }) => {
    afterAnswer(await requestPasswordReset({ email }));
    await keepReturnTo(returnTo);
    redirect("/forgot-password?sent");
  },
  passwordResetRequestContract,
);

/** Sets a new password by the link of the mail, and leads to sign-in. */
export const resetPasswordAction = formAction("reset-password", resetPasswordForm, async (input) => {
  await resetPassword(input, await currentClient());
  const returnTo = await takeReturnTo();
  redirect(`/signin?${new URLSearchParams({ reset: "", ...(returnTo && { returnTo }) })}`);
});

/** Asks a signed-in user for the password once more, and goes on to where they were going. */
export const reauthenticateAction = formAction(
  "reauthenticate",
  reauthenticationForm,
  async ({ password, returnTo }) => {
    const path = ownPath(returnTo, "/me");
    await reauthenticate(
      { password },
      await requireWebUser(reauthenticationPath(path)),
      await currentClient(),
    );
    redirect(path);
  },
  reauthenticateContract,
);

/** Changes the password of somebody who knows the present one. */
export const changePasswordAction = formAction("change-password", changePasswordForm, async (input) => {
  await changePassword(input, await requireWebUser("/me/password"), await currentClient());
  redirect("/me/password?changed");
});
