import { z } from "zod";
import { callbackUrl } from "@/lib/core/callback-url";
import { type Contract, messageAnswer } from "@/lib/core/contract";
import { emailAddress, mailToken, name } from "@/lib/core/fields";
import { mfaCode, secondFactorErrors } from "./factors/contract";
import { newPassword, password } from "./passwords/contract";
import { tokenPair } from "./sessions/contract";

const invitationToken = mailToken.meta({ description: "From the link of an invitation." });

const signUpInput = z.strictObject({
  email: emailAddress,
  password: newPassword,
  name,
  termsAccepted: z.literal(true).optional().meta({ description: "Records consent to the terms of service." }),
  privacyAccepted: z.literal(true).optional().meta({ description: "Records consent to the privacy policy." }),
  invitationToken: invitationToken.optional(),
});

/** The two methods, which decide the shape of a request body. */
const withPassword = z.literal("password", "authMethod").meta({ description: "By password." });
const withLink = z.literal("magiclink").meta({ description: "By a mailed link." });

const magicLinkRequest = z.strictObject({
  email: emailAddress,
  callbackUrl,
  invitationToken: invitationToken.optional(),
});

export type MagicLinkRequest = z.output<typeof magicLinkRequest>;

const linkSent = messageAnswer.extend({
  email: z.string().meta({ description: "The address that the link is mailed to." }),
});

const linkErrors = ["auth/invalid-callback-url", "auth/magiclink-disabled"] as const;

export type SignUpInput = z.output<typeof signUpInput>;

export const signUpContract = {
  method: "POST",
  path: "/v1/auth/email/signup",
  summary: "Sign up with email and password, or have a sign-in link mailed",
  source: "bkend: authentication, email sign-up",
  access: "public",
  addressLimit: "signUp",
  body: z.discriminatedUnion("method", [
    signUpInput.extend({ method: withPassword }),
    magicLinkRequest.extend({ method: withLink }),
  ]),
  success: { status: 201, body: z.union([tokenPair, linkSent]) },
  errors: [
    "auth/invalid-email",
    "auth/invalid-password-format",
    "auth/email-already-exists",
    "auth/registration-closed",
    "auth/invalid-token",
    "auth/invitation-already-accepted",
    "auth/invitation-expired",
    ...linkErrors,
  ],
} as const satisfies Contract;

const signInInput = z.strictObject({ email: emailAddress, password, mfaCode });

export type SignInInput = z.output<typeof signInInput>;

export const signInContract = {
  method: "POST",
  path: "/v1/auth/email/signin",
  summary: "Sign in with email and password, or have a sign-in link mailed",
  source: "bkend: authentication, email sign-in",
  access: "public",
  addressLimit: "signIn",
  body: z.discriminatedUnion("method", [
    signInInput.extend({ method: withPassword }),
    magicLinkRequest.omit({ invitationToken: true }).extend({ method: withLink }),
  ]),
  success: { status: 200, body: z.union([tokenPair, linkSent]) },
  errors: [
    "auth/invalid-email",
    "auth/invalid-credentials",
    "auth/account-banned",
    ...linkErrors,
    ...secondFactorErrors,
  ],
} as const satisfies Contract;

const magicLinkInput = z.strictObject({ token: mailToken, mfaCode });

export type MagicLinkInput = z.output<typeof magicLinkInput>;

export const magicLinkContract = {
  method: "POST",
  path: "/v1/auth/email/callback",
  summary: "Sign in, or up, with the token of a sign-in link",
  source: "bkend: authentication, magic link",
  access: "public",
  addressLimit: "signIn",
  body: magicLinkInput,
  success: {
    status: 200,
    body: tokenPair.extend({
      is_new_user: z.boolean().meta({
        description: "Whether the account is new: created by this request, or never confirmed before.",
      }),
    }),
  },
  errors: [
    "auth/invalid-token",
    "auth/token-expired",
    "auth/account-banned",
    "auth/registration-closed",
    "auth/magiclink-disabled",
    ...secondFactorErrors,
  ],
} as const satisfies Contract;

/** A checked checkbox. */
const agreed = z.literal("on", "mustAgree").transform(() => true as const);

/** The page to redirect to afterwards; `safeRedirectPath` validates it. */
const returnTo = z.string().default("");

/** The sign-up form. Unlike the API, it requires the agreements. */
export const signUpForm = z.object({
  email: emailAddress,
  password: newPassword,
  name,
  termsAccepted: agreed,
  privacyAccepted: agreed,
  invitationToken: mailToken.default(""),
  returnTo,
});

/** The form that asks for a sign-in link. */
export const requestLinkForm = z.object({
  email: emailAddress,
  invitationToken: mailToken.default(""),
  returnTo,
});

/** The form on the page of a sign-in link. */
export const signInByLinkForm = z.object({ token: mailToken, mfaCode });
/** The form that asks for the second factor after the first. */
export const secondFactorForm = z.object({ code: z.string().max(100) });

/** The sign-in form. */
export const signInForm = z.object({ email: emailAddress, password, returnTo });
