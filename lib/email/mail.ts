import { z } from "zod";
import { socialProviders } from "@/lib/social-providers/social-providers";

/** The name is empty for an address that has no account yet. */
const addressee = { to: z.string(), locale: z.string(), name: z.string() };

/**
 * Every email that the blog sends. `token` is the secret of its link; the other fields are variables of its text.
 *
 * The template tells whether an email goes to a new address: the page of its link confirms the address by the token.
 */
export const mail = z.discriminatedUnion("template", [
  z.object({
    template: z.enum(["verify-sign-up", "verify-new-address"]),
    ...addressee,
    token: z.string(),
    callbackUrl: z.string().optional(),
  }),
  z.object({ template: z.literal("magic-link"), ...addressee, token: z.string(), callbackUrl: z.string() }),
  z.object({ template: z.enum(["reset-password", "invitation"]), ...addressee, token: z.string() }),
  z.object({ template: z.literal("address-changed"), ...addressee, newEmail: z.string(), token: z.string() }),
  // part: social-sign-in
  z.object({
    template: z.enum(["sign-in-method-added", "sign-in-method-removed"]),
    ...addressee,
    provider: z.enum([...socialProviders, "email"]),
  }),
  // end of part: social-sign-in
  z.object({
    template: z.enum([
      "password-changed",
      "passkey-added",
      "passkey-removed",
      "second-factor-on",
      "second-factor-off",
      "second-factor-removed",
      "data-exported",
      "account-deleted",
      "token-reused",
    ]),
    ...addressee,
  }),
  z.object({
    template: z.literal("new-device"),
    ...addressee,
    browser: z.string().nullable(),
    system: z.string().nullable(),
    ipAddress: z.string().nullable(),
  }),
  z.object({ template: z.literal("account-banned"), ...addressee, reason: z.string() }),
  z.object({
    template: z.enum(["article-taken-back", "article-deleted"]),
    ...addressee,
    title: z.string(),
    reason: z.string(),
  }),
]);

export type Mail = z.infer<typeof mail>;
