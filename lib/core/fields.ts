import { z } from "zod";
import { isStorableText, label } from "./contract";

export const userParams = z.object({
  userId: z.string().refine(isStorableText).meta({ description: "The ID of the user." }),
});

/** The longest that RFC 5321 allows. */
const maxEmailLength = 254;

export const maxNameLength = 100;

/** Invisible characters that are pasted along with text: spaces of every kind, zero-width and direction marks. */
const invisible = String.raw`[\t\p{Zs}\p{Cf}]`;

/**
 * An email address, trimmed and lower-cased: the form in which it is unique. ASCII only, so that no look-alike letter
 * can fold into another user's address; no quotes, comments or lists.
 */
export const emailAddress = z
  .string("auth/invalid-email")
  .max(maxEmailLength + 50, { error: "auth/invalid-email", abort: true })
  .transform((address) => address.replace(new RegExp(`^${invisible}+|${invisible}+$`, "gu"), ""))
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
  .meta({
    format: "email",
    maxLength: maxEmailLength,
    description: "An email address. Spaces are trimmed, letters are lower-cased.",
  });

/** The token of a link in an email, without the line breaks and spaces that mail programs insert. */
export const mailToken = z
  .string()
  .transform((token) => token.replace(/[\s\p{Cf}]+/gu, ""))
  .meta({ description: "The token of the link in the email." });

export const name = label({ min: 1, max: maxNameLength }).meta({ description: "The name that others see." });
