import { z } from "zod";
import { tokenPair } from "@/lib/auth/sessions/contract";
import {
  type Contract,
  createdAt,
  isStorableText,
  label,
  messageAnswer,
  timestamp,
} from "@/lib/core/contract";
import { listQuery, pageOf } from "@/lib/lists/pagination";

export const maxPasskeyNameLength = 50;

const name = label({ min: 1, max: maxPasskeyNameLength }).meta({
  description: "The name that its owner gave it.",
});

const credential = z.object({
  id: z.string(),
  type: z.string(),
  transports: z.array(z.string()).optional(),
});

const creationOptions = z
  .object({
    rp: z.object({ id: z.string().optional(), name: z.string() }),
    user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
    challenge: z.string().meta({ description: "Works once, within five minutes." }),
    pubKeyCredParams: z.array(z.object({ alg: z.int(), type: z.literal("public-key") })),
    timeout: z.int().optional(),
    excludeCredentials: z
      .array(credential)
      .optional()
      .meta({ description: "The passkeys that the account has." }),
    authenticatorSelection: z
      .object({
        residentKey: z.string().optional(),
        requireResidentKey: z.boolean().optional(),
        userVerification: z.string().optional(),
      })
      .optional(),
    attestation: z.string().optional(),
  })
  .meta({ id: "PasskeyCreationOptions" });

const requestOptions = z
  .object({
    challenge: z.string().meta({ description: "Works once, within five minutes." }),
    rpId: z.string().optional(),
    timeout: z.int().optional(),
    allowCredentials: z.array(credential).optional(),
    userVerification: z.enum(["required", "preferred", "discouraged"]).optional(),
  })
  .meta({ id: "PasskeyRequestOptions" });

/** Unknown fields, which later versions of WebAuthn may add, are ignored, not rejected. */
const publicKeyCredential = z.object({
  id: z.string().refine(isStorableText, "auth/invalid-passkey"),
  rawId: z.string(),
  type: z.literal("public-key"),
  authenticatorAttachment: z.enum(["platform", "cross-platform"]).nullish(),
});

const registration = publicKeyCredential
  .extend({
    response: z.object({
      clientDataJSON: z.string(),
      attestationObject: z.string(),
      transports: z.array(z.string()).max(20).optional(),
    }),
  })
  .meta({ id: "PasskeyRegistration", description: "As `PublicKeyCredential.toJSON()` gives it." });

export type Registration = z.output<typeof registration>;

const assertion = publicKeyCredential
  .extend({
    response: z.object({
      clientDataJSON: z.string(),
      authenticatorData: z.string(),
      signature: z.string(),
      userHandle: z.string().nullish(),
    }),
  })
  .meta({ id: "PasskeyAssertion", description: "As `PublicKeyCredential.toJSON()` gives it." });

export type Assertion = z.output<typeof assertion>;

const passkey = z
  .object({
    id: z.string().meta({ description: "The ID of the passkey." }),
    name: z.string().meta({ description: "The name that its owner gave it." }),
    createdAt,
    lastUsedAt: timestamp.nullable().meta({ description: "When it last signed in." }),
  })
  .meta({ id: "Passkey" });

export type ListedPasskey = z.output<typeof passkey>;

const source = "This blog's own: WebAuthn Level 3";

export const passkeyOptionsContract = {
  method: "POST",
  path: "/v1/auth/passkeys/options",
  summary: "Get the options with which a browser creates a passkey",
  source,
  access: "user",
  success: { status: 200, body: creationOptions },
  errors: [],
} as const satisfies Contract;

const passkeyInput = z.strictObject({ name, response: registration }).meta({
  examples: [
    {
      name: "Phone",
      response: {
        id: "…",
        rawId: "…",
        type: "public-key",
        response: { clientDataJSON: "…", attestationObject: "…" },
      },
    },
  ],
});

export type PasskeyInput = z.output<typeof passkeyInput>;

export const addPasskeyContract = {
  method: "POST",
  path: "/v1/auth/passkeys",
  summary: "Add a passkey, to sign in with it too",
  source,
  access: "user",
  body: passkeyInput,
  success: { status: 201, body: passkey },
  errors: ["auth/invalid-passkey", "auth/reauthentication-required"],
} as const satisfies Contract;

const query = listQuery(["createdAt"]).pick({ page: true, limit: true });

export type PasskeyListQuery = z.output<typeof query>;

export const listPasskeysContract = {
  method: "GET",
  path: "/v1/auth/passkeys",
  summary: "List your passkeys",
  source,
  access: "user",
  query,
  success: { status: 200, body: pageOf(passkey) },
  errors: ["common/validation-error"],
} as const satisfies Contract;

const params = z.object({ id: z.uuid().meta({ description: "The ID of the passkey." }) });

export const renamePasskeyContract = {
  method: "PATCH",
  path: "/v1/auth/passkeys/{id}",
  summary: "Rename a passkey",
  source,
  access: "user",
  params,
  notFound: "auth/passkey-not-found",
  body: z.strictObject({ name: name.optional() }).meta({ examples: [{ name: "Laptop" }] }),
  success: { status: 200, body: passkey },
  errors: ["auth/passkey-not-found"],
} as const satisfies Contract;

export const removePasskeyContract = {
  method: "DELETE",
  path: "/v1/auth/passkeys/{id}",
  summary: "Remove a passkey and end the sessions that it opened",
  source,
  access: "user",
  params,
  notFound: "auth/passkey-not-found",
  success: { status: 200, body: messageAnswer },
  errors: ["auth/passkey-not-found", "auth/cannot-unlink-last-account", "auth/reauthentication-required"],
} as const satisfies Contract;

export const passkeySignInOptionsContract = {
  method: "POST",
  path: "/v1/auth/passkeys/signin/options",
  summary: "Get the options with which a browser finds a passkey",
  source,
  access: "public",
  success: { status: 200, body: requestOptions },
  errors: [],
} as const satisfies Contract;

export const passkeySignInContract = {
  method: "POST",
  path: "/v1/auth/passkeys/signin",
  summary: "Sign in with a passkey",
  source,
  access: "public",
  addressLimit: "signIn",
  body: z.strictObject({ response: assertion }).meta({
    examples: [
      {
        response: {
          id: "…",
          rawId: "…",
          type: "public-key",
          response: { clientDataJSON: "…", authenticatorData: "…", signature: "…", userHandle: "…" },
        },
      },
    ],
  }),
  success: { status: 200, body: tokenPair },
  errors: ["auth/invalid-passkey", "auth/account-banned"],
} as const satisfies Contract;

/** The JSON that a form's script writes into a hidden field. */
function jsonText<Schema extends z.ZodType>(schema: Schema) {
  return z
    .string()
    .transform((text, context) => {
      try {
        return JSON.parse(text);
      } catch {
        context.issues.push({ code: "custom", message: "auth/invalid-passkey", input: text });
        return z.NEVER;
      }
    })
    .pipe(schema);
}

/** The form that adds a passkey. */
export const addPasskeyForm = z.object({ name, response: jsonText(registration) });

/** The forms that rename and remove one. */
export const renamePasskeyForm = z.object({ id: params.shape.id, name });
export const removePasskeyForm = params;

/** The button that signs in or reauthenticates by a passkey. */
export const passkeyForm = z.object({ response: jsonText(assertion), returnTo: z.string().default("") });
