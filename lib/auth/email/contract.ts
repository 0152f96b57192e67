import { z } from "zod";
import { callbackUrl } from "@/lib/core/callback-url";
import { type Contract, messageAnswer } from "@/lib/core/contract";
import { emailAddress, mailToken } from "@/lib/core/fields";

const sendInput = z.strictObject({ email: emailAddress, callbackUrl: callbackUrl.optional() });

export type SendVerificationInput = z.output<typeof sendInput>;

const sent = messageAnswer.extend({ email: z.string() });

export const signUpResendContract = {
  method: "POST",
  path: "/v1/auth/signup/email/resend",
  summary: "Resend the link that confirms the sign-up address",
  source: "bkend: authentication, sign-up verification",
  access: "public",
  addressLimit: "mail",
  body: sendInput,
  success: { status: 200, body: sent },
  errors: ["auth/invalid-email", "auth/already-verified", "auth/invalid-callback-url"],
} as const satisfies Contract;

export const signUpConfirmContract = {
  method: "GET",
  path: "/v1/auth/signup/email/confirm",
  summary: "Confirm the sign-up address: the link in the mail",
  source: "bkend: authentication, sign-up verification",
  access: "open",
  isAction: true,
  // The callbackUrl, if there is one, receives what is wrong with the address or the token.
  query: z.object({
    token: mailToken.default(""),
    email: z.string().default(""),
    callbackUrl: callbackUrl.optional(),
  }),
  success: {
    status: 200,
    body: z.object({
      success: z.literal(true),
      data: z.object({ verified: z.literal(true), email: z.string() }),
    }),
  },
  redirects: true,
  errors: [
    "auth/invalid-email",
    "auth/invalid-token",
    "auth/token-expired",
    "auth/already-verified",
    "auth/invalid-callback-url",
  ],
} as const satisfies Contract;

export const emailVerifySendContract = {
  method: "POST",
  path: "/v1/auth/email/verify/send",
  summary: "Request a link that confirms an address, a new one for a signed-in user",
  source: "bkend: authentication, email verification",
  access: "guest",
  addressLimit: "mail",
  body: sendInput,
  success: { status: 200, body: sent },
  errors: [
    "auth/invalid-email",
    "auth/already-verified",
    "auth/email-already-exists",
    "auth/invalid-callback-url",
    "auth/reauthentication-required",
  ],
} as const satisfies Contract;

export const emailVerifyResendContract = {
  ...emailVerifySendContract,
  path: "/v1/auth/email/verify/resend",
  summary: "Resend the link; the previous one stops working",
} as const satisfies Contract;

const confirmInput = z.strictObject({ email: emailAddress, token: mailToken });

export type ConfirmEmailInput = z.output<typeof confirmInput>;

export const emailVerifyConfirmContract = {
  method: "POST",
  path: "/v1/auth/email/verify/confirm",
  summary: "Confirm an address with the token of the mail",
  source: "bkend: authentication, email verification",
  access: "public",
  body: confirmInput,
  success: { status: 200, body: z.object({ message: z.string(), verified: z.literal(true) }) },
  errors: [
    "auth/invalid-email",
    "auth/invalid-token",
    "auth/token-expired",
    "auth/already-verified",
    "auth/email-already-exists",
  ],
} as const satisfies Contract;

/** The button that resends the link. */
export const resendVerificationForm = z.object({ email: emailAddress });

/** The form in the settings that asks for another address. */
export const changeAddressForm = z.object({ email: emailAddress });

/** The page behind the link that undoes a change of address. */
export const undoAddressChangeForm = z.object({ email: emailAddress, token: z.string() });

/** The page behind the link of the mail. */
export const confirmEmailForm = z.object({ email: emailAddress, token: mailToken });
