import { z } from "zod";
import { mfaCode, secondFactorErrors } from "@/lib/auth/factors/contract";
import { type Contract, messageAnswer } from "@/lib/core/contract";
import { emailAddress, mailToken } from "@/lib/core/fields";
import { normalizeText } from "@/lib/runtime/normalize-text";
import { passwordProblem } from "./password-policy";

/** A new password, checked against the policy. */
export const newPassword = z
  .string("auth/invalid-password-format")
  .overwrite((value) => normalizeText(value))
  .check((context) => {
    const problem = passwordProblem(context.value);
    if (!problem) return;
    context.issues.push({
      code: "custom",
      message: problem.message,
      params: { code: "auth/invalid-password-format", ...problem.parameters },
      input: context.value,
    });
  })
  .meta({
    format: "password",
    description:
      "The new password. The `PASSWORD_…` settings define the requirements; at most 72 bytes of UTF-8.",
  });

/** An existing password, to which no policy applies. */
export const password = z.string().meta({ format: "password", description: "The password." });

export const passwordResetRequestContract = {
  method: "POST",
  path: "/v1/auth/password/reset/request",
  summary: "Send a link to reset the password",
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
  summary: "Reset the password with the token from the email",
  source: "bkend: authentication, password reset",
  access: "public",
  body: passwordResetInput,
  success: { status: 200, body: messageAnswer },
  errors: ["auth/invalid-email", "auth/invalid-token", "auth/token-expired", "auth/invalid-password-format"],
} as const satisfies Contract;

const passwordChangeInput = z.strictObject({
  currentPassword: password.meta({ description: "The current password." }),
  newPassword,
});

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

const reauthenticationInput = z.strictObject({
  password,
  mfaCode,
});

export type ReauthenticationInput = z.output<typeof reauthenticationInput>;

export const reauthenticateContract = {
  method: "POST",
  path: "/v1/auth/reauthenticate",
  summary: "Confirm your identity before you change sign-in methods, export data or delete the account",
  source: "This blog's own: a proof not older than ten minutes; OWASP ASVS 5.0, 7.5.1",
  access: "user",
  addressLimit: "signIn",
  body: reauthenticationInput,
  success: { status: 200, body: messageAnswer },
  errors: ["auth/invalid-credentials", ...secondFactorErrors],
} as const satisfies Contract;

/** The page that confirms the identity of a signed-in user. */
export const reauthenticationForm = z.object({ password, mfaCode, returnTo: z.string().default("") });

/** The form that requests a link. */
export const forgotPasswordForm = z.object({ email: emailAddress, returnTo: z.string().default("") });

/** The form of the link in the email. */
export const resetPasswordForm = z.object({ email: emailAddress, token: mailToken, newPassword });

/** The form in the settings. */
export const changePasswordForm = z.object({ currentPassword: password, newPassword });
