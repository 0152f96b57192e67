import { z } from "zod";
import { type Contract, messageAnswer } from "@/lib/http/contract";
import { emailAddress, mailToken, newPassword, password } from "./contract";

export const passwordResetRequestContract = {
  method: "POST",
  path: "/v1/auth/password/reset/request",
  summary: "Have a link mailed that sets a new password",
  source: "bkend: authentication, password reset",
  access: "public",
  addressLimit: "mail",
  body: z.strictObject({ email: emailAddress }),
  success: { status: 200, body: messageAnswer },
  errors: ["auth/invalid-email"],
} as const satisfies Contract;

const passwordResetInput = z.strictObject({ email: emailAddress, token: mailToken, newPassword });

export type PasswordResetInput = z.output<typeof passwordResetInput>;

export const passwordResetContract = {
  method: "POST",
  path: "/v1/auth/password/reset/confirm",
  summary: "Set a new password with the token of the mail",
  source: "bkend: authentication, password reset",
  access: "public",
  body: passwordResetInput,
  success: { status: 200, body: messageAnswer },
  errors: ["auth/invalid-email", "auth/invalid-token", "auth/token-expired", "auth/invalid-password-format"],
} as const satisfies Contract;

const passwordChangeInput = z.strictObject({ currentPassword: password, newPassword });

export type PasswordChangeInput = z.output<typeof passwordChangeInput>;

export const passwordChangeContract = {
  method: "POST",
  path: "/v1/auth/password/change",
  summary: "Change the password",
  source: "bkend: authentication, password change",
  access: "user",
  body: passwordChangeInput,
  success: { status: 200, body: messageAnswer },
  errors: [
    "auth/invalid-credentials",
    "auth/same-password",
    "auth/invalid-password-format",
    "auth/too-many-requests",
  ],
} as const satisfies Contract;

/** The form that asks for a link. */
export const forgotPasswordForm = z.object({ email: emailAddress, returnTo: z.string().default("") });

/** The form behind the link of the mail. */
export const resetPasswordForm = z.object({ email: emailAddress, token: mailToken, newPassword });

/** The form in the settings. */
export const changePasswordForm = z.object({ currentPassword: password, newPassword });
