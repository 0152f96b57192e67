"use server";

import { redirect } from "next/navigation";
import { changePassword } from "@/lib/auth/password-change";
import {
  changePasswordForm,
  forgotPasswordForm,
  passwordChangeContract,
  passwordResetRequestContract,
  resetPasswordForm,
} from "@/lib/auth/password-contract";
import { requestPasswordReset, resetPassword } from "@/lib/auth/password-reset";
import { keepReturnTo, takeReturnTo } from "@/lib/auth/return-to-cookie";
import { currentClient, requireWebUser } from "@/lib/auth/web-session";
import { formAction } from "@/lib/form";
import { afterAnswer } from "@/lib/http/after-answer";

export const forgotPasswordAction = formAction(
  forgotPasswordForm,
  async ({ email, returnTo }) => {
    afterAnswer(await requestPasswordReset({ email }));
    await keepReturnTo(returnTo);
    redirect("/forgot-password?sent");
  },
  passwordResetRequestContract,
);

export const resetPasswordAction = formAction(resetPasswordForm, async (input) => {
  await resetPassword(input, await currentClient());
  const returnTo = await takeReturnTo();
  redirect(`/signin?${new URLSearchParams({ reset: "", ...(returnTo && { returnTo }) })}`);
});

export const changePasswordAction = formAction(
  changePasswordForm,
  async (input) => {
    await changePassword(input, await requireWebUser("/me/password"), await currentClient());
    redirect("/me/password?changed");
  },
  passwordChangeContract,
);
