import { z } from "zod";
import { mfaCode, secondFactorErrors } from "@/lib/auth/factors/contract";
import { tokenPair } from "@/lib/auth/sessions/contract";
import { type Contract, messageAnswer, timestamp } from "@/lib/core/contract";
import { listQuery, pageOf } from "@/lib/lists/pagination";

/** Whose word is taken for who somebody is. */
export const socialProviders = ["google", "github"] as const;

export type SocialProvider = (typeof socialProviders)[number];

/** A password is a way to sign in, too: here it goes by this name. */
export const signInMethods = [...socialProviders, "email"] as const;

export type SignInMethod = (typeof signInMethods)[number];

const params = z.object({ provider: z.enum(socialProviders) });

export const socialAuthorizeContract = {
  method: "GET",
  path: "/v1/auth/{provider}/authorize",
  summary: "Send a browser to Google or GitHub",
  source: "bkend: authentication, social sign-in; RFC 9700, section 2.1",
  access: "open",
  isAction: true,
  params,
  notFound: "auth/unsupported-provider",
  // Whether it may be gone to is told after whether there is such a provider.
  query: z.object({ callbackUrl: z.string().optional().meta({ format: "uri" }) }),
  success: { status: 302, body: z.never() },
  errors: ["auth/unsupported-provider", "auth/oauth-not-configured", "auth/invalid-callback-url"],
} as const satisfies Contract;

export const socialReturnContract = {
  method: "GET",
  path: "/v1/auth/{provider}/callback",
  summary:
    "Where the provider sends the browser back to, which is sent on to the `callbackUrl` with a `token`",
  source: "bkend: authentication, social sign-in; RFC 9700, section 2.1",
  access: "open",
  isAction: true,
  params,
  notFound: "auth/unsupported-provider",
  query: z.object({ code: z.string(), state: z.string(), error: z.string() }).partial(),
  success: { status: 302, body: z.never() },
  // All that follows a good state is told at the `callbackUrl`, as `error`.
  errors: [
    "auth/unsupported-provider",
    "auth/oauth-not-configured",
    "auth/invalid-token",
    "auth/oauth-cancelled",
  ],
} as const satisfies Contract;

const proof = z.string().min(1, "required").optional();

/** A code with the address that it was sent to, or an id token. */
const providersWord = {
  code: proof,
  redirectUri: z.string().optional().meta({ description: "Needed beside `code`." }),
  codeVerifier: z.string().optional(),
  state: z.string().optional().meta({ description: "The client's own affair." }),
  idToken: proof.meta({ description: "Of Google alone." }),
  nonce: z.string().optional(),
};

const exampleProof = { code: "4/0AX4XfWh…", redirectUri: "https://blog.example.com/app" };

/** For `.check`: one proof and no second one, which might be somebody else's. */
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
    ...providersWord,
    token: proof.meta({ description: "From `authorize`, or beside `auth/mfa-required`, within a minute." }),
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
  summary: "Sign in, or up, by what a provider gave",
  source: "bkend: authentication, social sign-in; RFC 9700, section 2.1",
  access: "public",
  params,
  notFound: "auth/unsupported-provider",
  body: socialProof,
  success: { status: 200, body: tokenPair.extend({ is_new_user: z.boolean() }) },
  errors: [...socialErrors, "auth/email-already-exists", "auth/account-banned", ...secondFactorErrors],
} as const satisfies Contract;

const linkedAccount = z
  .object({
    id: z.string(),
    userId: z.string(),
    provider: z.enum(signInMethods),
    providerAccountId: z
      .string()
      .meta({ description: "As the provider names the person; for `email` the address." }),
    connectedAt: timestamp,
  })
  .meta({ id: "LinkedAccount" });

export type LinkedAccount = z.output<typeof linkedAccount>;

const query = listQuery(["connectedAt"]).pick({ page: true, limit: true });

export type LinkedAccountQuery = z.output<typeof query>;

export const listAccountsContract = {
  method: "GET",
  path: "/v1/auth/accounts",
  summary: "By what one can sign in",
  source: "bkend: authentication, linked accounts",
  access: "user",
  query,
  success: { status: 200, body: pageOf(linkedAccount) },
  errors: ["common/validation-error"],
} as const satisfies Contract;

const linkInput = z
  .strictObject({
    // Which ones there are is told after the shape, as where it stands in the path.
    provider: z.string(),
    ...providersWord,
  })
  .check(exactlyOneProof)
  .meta({ examples: [{ provider: "github", ...exampleProof }] });

export type LinkInput = z.output<typeof linkInput>;

export const linkAccountContract = {
  method: "POST",
  path: "/v1/auth/accounts",
  summary: "Link an account at Google or GitHub, to sign in by it too",
  source: "bkend: authentication, linked accounts",
  access: "user",
  body: linkInput,
  success: { status: 201, body: linkedAccount },
  errors: [...socialErrors, "auth/account-already-linked", "auth/reauthentication-required"],
} as const satisfies Contract;

export const unlinkAccountContract = {
  method: "DELETE",
  path: "/v1/auth/accounts/{provider}",
  summary: "Take a way to sign in off; `email` is the password",
  source: "bkend: authentication, linked accounts",
  access: "user",
  params: z.object({ provider: z.enum(signInMethods) }),
  notFound: "auth/unsupported-provider",
  success: { status: 200, body: messageAnswer },
  errors: ["auth/cannot-unlink-last-account", "auth/unsupported-provider", "auth/reauthentication-required"],
} as const satisfies Contract;

/** The button with which one goes on by a provider. */
export const continueForm = z.object({ provider: z.enum(socialProviders), returnTo: z.string().default("") });

/** The buttons at one's ways to sign in. */
export const linkForm = z.object({ provider: z.enum(socialProviders) });
export const unlinkForm = z.object({ provider: z.enum(signInMethods) });
