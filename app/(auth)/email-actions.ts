"use server";

import type { Route } from "next";
import { redirect } from "next/navigation";
import { z } from "zod";
import {
  changeAddressForm,
  confirmEmailForm,
  emailVerifySendContract,
  resendVerificationForm,
  signUpResendContract,
  undoAddressChangeForm,
} from "@/lib/auth/email/contract";
import {
  cancelAddressChange,
  confirmAddress,
  resendSignUpVerification,
  sendAddressVerification,
} from "@/lib/auth/email/email-verification";
import { undoAddressChange } from "@/lib/auth/email/undo-address-change";
import { afterResponse } from "@/lib/email/after-response";
import { formAction } from "@/lib/web/forms/form-action";
import {
  currentClient,
  requireCurrentUser,
  requireFreshCurrentUser,
} from "@/lib/web/session/browser-session";

/** Resends the verification link to the address of the signed-in user. */
export const resendMyVerificationAction = formAction(
  "resend-to-me",
  z.object({}),
  async () => {
    const { email } = await requireCurrentUser("/verify-email");
    afterResponse(await resendSignUpVerification({ email }));
    redirect(sentNow());
  },
  signUpResendContract,
);

/** Resends the verification link to the address that a guest enters. */
export const resendVerificationAction = formAction(
  "resend",
  resendVerificationForm,
  async ({ email }) => {
    afterResponse(await resendSignUpVerification({ email }));
    redirect(sentNow());
  },
  signUpResendContract,
);

/** Confirms a new address. */
export const confirmEmailAction = formAction("confirm-email", confirmEmailForm, async (input) => {
  await confirmAddress(input, await currentClient());
  redirect(`/verify-email?${new URLSearchParams({ verified: "true", email: input.email })}`);
});

/** Requests a change of address, which takes effect once the new address is confirmed by the emailed link. */
export const changeAddressAction = formAction(
  "change-address",
  changeAddressForm,
  async (input) => {
    // Keeps the typed address if the user has to reauthenticate first.
    const user = await requireFreshCurrentUser(`/me/address?${new URLSearchParams({ email: input.email })}`);
    const send = await sendAddressVerification(input, user);
    // Not deferred with `afterResponse`: the next page shows the pending address.
    await send();
    redirect("/me/address?sent");
  },
  emailVerifySendContract,
);

/** Cancels a change of address. */
export const cancelAddressChangeAction = formAction("cancel-address-change", z.object({}), async () => {
  await cancelAddressChange(await requireCurrentUser("/me/address"));
  redirect("/me/address");
});

/** Restores the previous address; the page then says what to do next. */
export const undoAddressChangeAction = formAction(
  "undo-address-change",
  undoAddressChangeForm,
  async (input) => {
    await undoAddressChange(input, await currentClient());
    redirect(`/undo-address-change?${new URLSearchParams({ done: "", email: input.email })}`);
  },
);

/** From `sent` the page computes how long to wait before the next email. */
function sentNow(): Route {
  return `/verify-email?sent=${Date.now()}`;
}
