import { z } from "zod";
import { imageAddress } from "@/lib/files/image-address";
import { type Contract, label, messageAnswer, timestamp } from "@/lib/http/contract";
import { passwordProblem } from "./password-policy";

/** RFC 5321 allows no longer one. */
const maxEmailLength = 254;
export const maxNameLength = 100;

/** What is pasted along with text and cannot be seen: blanks of every kind, zero-width signs, marks of direction. */
const unseen = String.raw`[\t\p{Zs}\p{Cf}]`;

/**
 * An address, trimmed and lower-cased: the form in which it is unique. ASCII alone, so that no look-alike letter
 * can fold into somebody else's address; no quotes, comments or lists.
 */
export const emailAddress = z
  .string("auth/invalid-email")
  .max(maxEmailLength + 50, { error: "auth/invalid-email", abort: true })
  .transform((address) => address.replace(new RegExp(`^${unseen}+|${unseen}+$`, "gu"), ""))
  .pipe(
    z
      .string()
      .max(maxEmailLength, "auth/invalid-email")
      .regex(
        /^(?!\.)(?!.*\.[.@])[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]$/,
        "auth/invalid-email",
      ),
  )
  .transform((address) => address.toLowerCase())
  .meta({ format: "email", maxLength: maxEmailLength });

/** The secret of a link in a mail, without what a mail program broke into it. */
export const mailToken = z.string().transform((token) => token.replace(/[\s\p{Cf}]+/gu, ""));

/** A password that somebody chooses: against the policy. */
export const newPassword = z
  .string("auth/invalid-password-format")
  .normalize("NFC")
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
    description: "What it must have is set by PASSWORD_…; at most 72 bytes of UTF-8.",
  });

/** A password that somebody has: whatever it is, it is right or wrong. */
export const password = z.string().meta({ format: "password" });

export const name = label({ min: 1, max: maxNameLength });

export const tokenPair = z
  .object({
    accessToken: z.string(),
    refreshToken: z.string(),
    tokenType: z.literal("Bearer"),
    expiresIn: z.int().meta({ description: "Seconds until the access token expires." }),
  })
  .meta({ id: "TokenPair" });

export type TokenPair = z.output<typeof tokenPair>;

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

const signInInput = z.strictObject({ email: emailAddress, password });

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
  errors: ["auth/invalid-email", "auth/invalid-credentials", "auth/account-banned"],
} as const satisfies Contract;

const refreshInput = z.strictObject({ refreshToken: z.string() });

export type RefreshInput = z.output<typeof refreshInput>;

export const refreshContract = {
  method: "POST",
  path: "/v1/auth/refresh",
  summary: "Trade a refresh token for new tokens",
  source: "bkend: authentication, token refresh; RFC 9700, section 4.14",
  access: "public",
  body: refreshInput,
  success: { status: 200, body: tokenPair },
  errors: ["auth/invalid-refresh-token", "auth/account-banned", "auth/too-many-requests"],
} as const satisfies Contract;

export const me = z
  .object({
    id: z.string(),
    email: z.string(),
    name: z.string(),
    emailVerified: z.boolean(),
    role: z.enum(["admin", "user", "guest"]),
    image: imageAddress.nullable(),
    createdAt: timestamp,
    updatedAt: timestamp,
  })
  .meta({ id: "Me" });

export const meContract = {
  method: "GET",
  path: "/v1/auth/me",
  summary: "Who is signed in",
  source: "bkend: authentication, my account",
  access: "user",
  success: { status: 200, body: me },
  errors: [],
} as const satisfies Contract;

export const signOutContract = {
  method: "POST",
  path: "/v1/auth/signout",
  summary: "Sign out: both tokens of the session are dead",
  source: "bkend: authentication, sign-out",
  access: "user",
  success: { status: 200, body: messageAnswer },
  errors: [],
} as const satisfies Contract;

/** A ticked box. */
const agreed = z.literal("on", "mustAgree").transform(() => true as const);

/** Where to go afterwards; `ownPath` decides whether it may be gone to. */
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

/** The sign-in form. */
export const signInForm = z.object({ email: emailAddress, password, returnTo });
