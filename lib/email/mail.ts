import { z } from "zod";
import { socialProviders } from "@/lib/social-providers/social-providers";

const person = z.object({ name: z.string() });

/**
 * Every mail that the blog sends. `data` is what the text needs, `token` the secret of its link.
 *
 * A mail to a new address says so by its template: the page that its link leads to confirms it by the token.
 */
export const mail = z.discriminatedUnion("template", [
  z.object({
    template: z.literal("verify-sign-up"),
    to: z.string(),
    locale: z.string(),
    data: person,
    token: z.string(),
    callbackUrl: z.string().optional(),
  }),
  z.object({
    template: z.literal("reset-password"),
    to: z.string(),
    locale: z.string(),
    data: person,
    token: z.string(),
  }),
  z.object({ template: z.literal("password-changed"), to: z.string(), locale: z.string(), data: person }),
  z.object({
    template: z.literal("verify-new-address"),
    to: z.string(),
    locale: z.string(),
    data: person,
    token: z.string(),
    callbackUrl: z.string().optional(),
  }),
  z.object({
    template: z.literal("address-changed"),
    to: z.string(),
    locale: z.string(),
    data: person.extend({ newEmail: z.string() }),
    token: z.string(),
  }),
  // part: social-sign-in
  z.object({
    template: z.enum(["sign-in-method-added", "sign-in-method-removed"]),
    to: z.string(),
    locale: z.string(),
    data: person.extend({ provider: z.enum([...socialProviders, "email"]) }),
  }),
  // end of part: social-sign-in
  z.object({
    template: z.enum([
      "passkey-added",
      "passkey-removed",
      "second-factor-on",
      "second-factor-off",
      "second-factor-removed",
    ]),
    to: z.string(),
    locale: z.string(),
    data: person,
  }),
  z.object({
    template: z.literal("new-device"),
    to: z.string(),
    locale: z.string(),
    data: person.extend({
      browser: z.string().nullable(),
      system: z.string().nullable(),
      ipAddress: z.string().nullable(),
    }),
  }),
  z.object({
    template: z.literal("magic-link"),
    to: z.string(),
    locale: z.string(),
    /** The name is empty for an address that has no account yet. */
    data: person,
    token: z.string(),
    callbackUrl: z.string(),
  }),
  z.object({
    template: z.literal("invitation"),
    to: z.string(),
    locale: z.string(),
    data: person,
    token: z.string(),
  }),
  z.object({ template: z.literal("account-deleted"), to: z.string(), locale: z.string(), data: person }),
  z.object({ template: z.literal("data-exported"), to: z.string(), locale: z.string(), data: person }),
  z.object({
    template: z.literal("account-banned"),
    to: z.string(),
    locale: z.string(),
    data: person.extend({ reason: z.string() }),
  }),
  z.object({
    template: z.enum(["article-taken-back", "article-deleted"]),
    to: z.string(),
    locale: z.string(),
    data: person.extend({ title: z.string(), reason: z.string() }),
  }),
  z.object({ template: z.literal("token-reused"), to: z.string(), locale: z.string(), data: person }),
]);

export type Mail = z.infer<typeof mail>;

export type MailTemplate = Mail["template"];
