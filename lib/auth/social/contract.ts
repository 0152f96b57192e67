import { z } from "zod";
import { mfaCode, secondFactorErrors } from "@/lib/auth/factors/contract";
import { tokenPair } from "@/lib/auth/sessions/contract";
import { type Contract, messageAnswer, timestamp } from "@/lib/core/contract";
import { mailToken } from "@/lib/core/fields";
import { listQuery, pageOf } from "@/lib/lists/pagination";
import { socialProviders } from "@/lib/social-providers/social-providers";

/** `email` is the password. */
export const signInMethods = [...socialProviders, "email"] as const;

export type SignInMethod = (typeof signInMethods)[number];

const params = z.object({
  provider: z.enum(socialProviders).meta({ description: "The OAuth provider." }),
});

export const socialAuthorizeContract = {
  method: "GET",
  path: "/v1/auth/{provider}/authorize",
  summary: "Redirect the browser to a sign-in provider",
  source: "bkend: authentication, social sign-in; RFC 9700, section 2.1",
  access: "open",
  isAction: true,
  params,
  notFound: "auth/unsupported-provider",
  // Validated after the provider.
  query: z.object({
    callbackUrl: z.string().optional().meta({
      format: "uri",
      description: "The URL to return to: on this site or on an origin in `CALLBACK_URL_ORIGINS`.",
    }),
  }),
  success: { status: 302, body: z.never() },
  errors: ["auth/unsupported-provider", "auth/oauth-not-configured", "auth/invalid-callback-url"],
} as const satisfies Contract;

export const socialReturnContract = {
  method: "GET",
  path: "/v1/auth/{provider}/callback",
  summary: "Callback of the provider; redirects the browser to the `callbackUrl` with a `token`",
  source: "bkend: authentication, social sign-in; RFC 9700, section 2.1",
  access: "open",
  isAction: true,
  params,
  notFound: "auth/unsupported-provider",
  query: z
    .object({
      code: z.string().meta({ description: "The authorization code." }),
      state: z.string().meta({ description: "The OAuth state of the flow." }),
      error: z.string().meta({ description: "The OAuth error of the provider." }),
    })
    .partial(),
  success: { status: 302, body: z.never() },
  // With a valid state, errors are reported to the `callbackUrl` as `error`.
  errors: [
    "auth/unsupported-provider",
    "auth/oauth-not-configured",
    "auth/invalid-token",
    "auth/oauth-cancelled",
  ],
} as const satisfies Contract;

const proof = z.string().min(1, "required").optional();

/** An authorization code with its redirect URI, or an ID token. */
const providerProof = {
  code: proof.meta({ description: "The authorization code." }),
  redirectUri: z
    .string()
    .optional()
    .meta({ description: "The redirect URI that the code was sent to. Required with `code`." }),
  codeVerifier: z.string().optional().meta({ description: "The PKCE verifier of the code." }),
  state: z.string().optional().meta({ description: "Accepted and ignored: the client must check it." }),
  idToken: proof.meta({ description: "An ID token, where the provider issues them, as Google does." }),
  nonce: z.string().optional().meta({ description: "The nonce of the ID token." }),
};

const exampleProof = { code: "4/0AX4XfWh…", redirectUri: "https://blog.example.com/app" };

/** For `.check`: exactly one proof, since a second one could identify another user. */
function exactlyOneProof({ value, issues }: z.core.ParsePayload<Partial<Record<string, string>>>): void {
  const { code, idToken, token, redirectUri } = value;
  const given = [code, idToken, token].filter((text) => text !== undefined);
  if (given.length !== 1) issues.push({ code: "custom", message: "exactlyOneProof", input: value });
  else if (code !== undefined && redirectUri === undefined) {
    issues.push({ code: "custom", message: "required", path: ["redirectUri"], input: value });
  }
}

const socialProof = z
  .strictObject({
    ...providerProof,
    token: proof.meta({
      description:
        "The token that `authorize` returned to the `callbackUrl`, or that came with `auth/mfa-required`. It expires within a minute.",
    }),
    mfaCode,
  })
  .check(exactlyOneProof)
  .meta({ examples: [exampleProof] });

export type SocialProof = z.output<typeof socialProof>;

const socialErrors = [
  "auth/unsupported-provider",
  "auth/oauth-not-configured",
  "auth/invalid-callback-url",
  "auth/invalid-oauth-code",
  "auth/oauth-callback-failed",
] as const;

export const socialSignInContract = {
  method: "POST",
  path: "/v1/auth/{provider}/callback",
  summary: "Sign in or sign up with the code or token of a provider",
  source: "bkend: authentication, social sign-in; RFC 9700, section 2.1",
  access: "public",
  addressLimit: "signIn",
  params,
  notFound: "auth/unsupported-provider",
  body: socialProof,
  success: {
    status: 200,
    body: tokenPair.extend({
      is_new_user: z.boolean().meta({
        description: "Whether the account is new: created by this request, or never confirmed before.",
      }),
    }),
  },
  errors: [
    ...socialErrors,
    "auth/email-already-exists",
    "auth/account-banned",
    "auth/registration-closed",
    ...secondFactorErrors,
  ],
} as const satisfies Contract;

const linkedAccount = z
  .object({
    id: z.string().meta({ description: "The ID of the linked account." }),
    userId: z.string().meta({ description: "The ID of the user." }),
    provider: z.enum(signInMethods).meta({ description: "The provider; `email` is the password." }),
    providerAccountId: z
      .string()
      .meta({ description: "The user's ID at the provider; for `email`, the email address." }),
    connectedAt: timestamp.meta({ description: "When the account was linked." }),
  })
  .meta({ id: "LinkedAccount" });

export type LinkedAccount = z.output<typeof linkedAccount>;

const query = listQuery(["connectedAt"]).pick({ page: true, limit: true });

export type LinkedAccountQuery = z.output<typeof query>;

export const listAccountsContract = {
  method: "GET",
  path: "/v1/auth/accounts",
  summary: "List your sign-in methods",
  source: "bkend: authentication, linked accounts",
  access: "user",
  query,
  success: { status: 200, body: pageOf(linkedAccount) },
  errors: ["common/validation-error"],
} as const satisfies Contract;

const linkInput = z
  .strictObject({
    // Validated after the shape, as in a path.
    provider: z.string().meta({ description: "The OAuth provider." }),
    ...providerProof,
  })
  .check(exactlyOneProof)
  .meta({ examples: [{ provider: "github", ...exampleProof }] });

export type LinkInput = z.output<typeof linkInput>;

export const linkAccountContract = {
  method: "POST",
  path: "/v1/auth/accounts",
  summary: "Link an account at a provider as a sign-in method",
  source: "bkend: authentication, linked accounts",
  access: "user",
  body: linkInput,
  success: { status: 201, body: linkedAccount },
  errors: [...socialErrors, "auth/account-already-linked", "auth/reauthentication-required"],
} as const satisfies Contract;

export const unlinkAccountContract = {
  method: "DELETE",
  path: "/v1/auth/accounts/{provider}",
  summary: "Remove a sign-in method; `email` is the password",
  source: "bkend: authentication, linked accounts",
  access: "user",
  params: z.object({
    provider: z.enum(signInMethods).meta({ description: "The sign-in method; `email` is the password." }),
  }),
  notFound: "auth/unsupported-provider",
  success: { status: 200, body: messageAnswer },
  errors: ["auth/cannot-unlink-last-account", "auth/unsupported-provider", "auth/reauthentication-required"],
} as const satisfies Contract;

/** The button that continues with a provider. */
export const continueForm = z.object({
  provider: z.enum(socialProviders),
  invitationToken: mailToken.default(""),
  returnTo: z.string().default(""),
});

/** The buttons of the sign-in methods. */
export const linkForm = z.object({ provider: z.enum(socialProviders) });
export const unlinkForm = z.object({ provider: z.enum(signInMethods) });
