import { z } from "zod";
import { callbackUrl } from "@/lib/core/callback-url";
import { type Contract, messageAnswer } from "@/lib/core/contract";
import { emailAddress, mailToken } from "@/lib/core/fields";

const sendInput = z.strictObject({ email: emailAddress, callbackUrl: callbackUrl.optional() });

export type SendVerificationInput = z.output<typeof sendInput>;

const sent = messageAnswer.extend({
  email: z.string().meta({ description: "The email address of the request." }),
});

export const signUpResendContract = {
  method: "POST",
  path: "/v1/auth/signup/email/resend",
  summary: "Resend the link that confirms the email address of a sign-up",
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
  summary: "Confirm the email address of a sign-up; the link in the email",
  source: "bkend: authentication, sign-up verification",
  access: "open",
  isAction: true,
  // An invalid address or token is reported to the callbackUrl if there is one, so the schema accepts any text.
  query: z.object({
    token: mailToken.default(""),
    email: z.string().default("").meta({ description: "The email address to confirm." }),
    callbackUrl: callbackUrl.optional(),
  }),
  success: {
    status: 200,
    body: z.object({
      success: z.literal(true).meta({ description: "Always `true`; failures are errors." }),
      data: z
        .object({
          verified: z.literal(true).meta({ description: "Always `true`." }),
          email: z.string().meta({ description: "The confirmed email address." }),
        })
        .meta({ description: "The result." }),
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
  summary: "Send a link that confirms an email address; signed-in users can use a new address",
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
  summary: "Confirm an email address with the token from the email",
  source: "bkend: authentication, email verification",
  access: "public",
  body: confirmInput,
  success: {
    status: 200,
    body: messageAnswer.extend({ verified: z.literal(true).meta({ description: "Always `true`." }) }),
  },
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

/** The settings form that changes the email address. */
export const changeAddressForm = z.object({ email: emailAddress });

/** The page of the link in the notice of a changed email address. */
export const undoAddressChangeForm = z.object({ email: emailAddress, token: z.string() });

/** The page of the link in the confirmation email. */
export const confirmEmailForm = z.object({ email: emailAddress, token: mailToken });
