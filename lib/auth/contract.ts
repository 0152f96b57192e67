import { z } from "zod";
import type { Contract } from "@/lib/core/contract";
import { emailAddress, name } from "@/lib/core/fields";
import { mfaCode, secondFactorErrors } from "./factors/contract";
import { newPassword, password } from "./passwords/contract";
import { tokenPair } from "./sessions/contract";

const signUpInput = z.strictObject({
  email: emailAddress,
  password: newPassword,
  name,
  termsAccepted: z.literal(true).optional(),
  privacyAccepted: z.literal(true).optional(),
});

export type SignUpInput = z.output<typeof signUpInput>;

export const signUpContract = {
  method: "POST",
  path: "/v1/auth/email/signup",
  summary: "Sign up with email and password",
  source: "bkend: authentication, email sign-up",
  access: "public",
  addressLimit: "signUp",
  body: signUpInput.extend({ method: z.literal("password") }),
  success: { status: 201, body: tokenPair },
  errors: ["auth/invalid-email", "auth/invalid-password-format", "auth/email-already-exists"],
} as const satisfies Contract;

const signInInput = z.strictObject({ email: emailAddress, password, mfaCode });

export type SignInInput = z.output<typeof signInInput>;

export const signInContract = {
  method: "POST",
  path: "/v1/auth/email/signin",
  summary: "Sign in with email and password",
  source: "bkend: authentication, email sign-in",
  access: "public",
  addressLimit: "signIn",
  body: signInInput.extend({ method: z.literal("password") }),
  success: { status: 200, body: tokenPair },
  errors: ["auth/invalid-email", "auth/invalid-credentials", "auth/account-banned", ...secondFactorErrors],
} as const satisfies Contract;

/** A ticked box. */
const agreed = z.literal("on", "mustAgree").transform(() => true as const);

/** Where to go afterwards; `safeRedirectPath` decides whether it may be gone to. */
const returnTo = z.string().default("");

/** The sign-up form. Unlike the API it insists on the agreements. */
export const signUpForm = z.object({
  email: emailAddress,
  password: newPassword,
  name,
  termsAccepted: agreed,
  privacyAccepted: agreed,
  returnTo,
});

/** The form that asks for the second factor after the first. */
export const secondFactorForm = z.object({ code: z.string().max(100) });

/** The sign-in form. */
export const signInForm = z.object({ email: emailAddress, password, returnTo });
