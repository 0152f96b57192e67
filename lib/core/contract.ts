import { z } from "zod";
import type { ErrorCode } from "./errors";
import type { AddressPolicyName } from "./rate-limit";

/**
 * Who may call:
 * - `open`: every client, without a key (a browser gets here by a link or an `<img>`);
 * - `public`: every client with a key; a bearer token is ignored;
 * - `guest`: every client with a key; a bearer token must be valid if sent;
 * - `member`: a signed-in user, or a secret key alone, which acts as admin;
 * - `user`: a signed-in user.
 */
type Access = "open" | "public" | "guest" | "member" | "user";

/** One endpoint, described once: for its route, its form, the OpenAPI document and the tests. */
export type Contract = {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Below `/api`, parameters in braces: `/v1/data/articles/{id}`. */
  path: `/v1/${string}`;
  summary: string;
  /** Where the behaviour comes from. */
  source: string;
  access: Access;
  /** A limit by client address beside the general one. */
  addressLimit?: AddressPolicyName;
  params?: z.ZodObject;
  /** What it means that the parameters cannot name anything. */
  notFound?: ErrorCode;
  query?: z.ZodObject;
  /** Several shapes where a field of them says which one it is. */
  body?: z.ZodObject | z.ZodDiscriminatedUnion<z.ZodObject[]>;
  /** The media types of a body that is no JSON. */
  requestTypes?: readonly string[];
  /**
   * A `GET` that changes something, as the link of a mail must: a `HEAD` does not set it off, nor does a browser that
   * loads it as anything but a page.
   */
  isAction?: true;
  /** It may also send a browser on (302). */
  redirects?: true;
  /** 302 where nothing but a redirect is good news; its body is `z.never()`. */
  success: { status: 200 | 201 | 302; body: z.ZodType };
  /** The media types of an answer that is no JSON. */
  responseTypes?: readonly string[];
  /** Its own errors; what every endpoint may answer is added by the document. */
  errors: readonly ErrorCode[];
};

/** @returns what a malformed input of this endpoint is called: each area has its own code. */
export function invalidInputCode(contract: Contract): ErrorCode {
  if (contract.path.startsWith("/v1/data/")) return "data/validation-error";
  if (/^\/v1\/(files|storage)/.test(contract.path)) return "file/invalid-format";
  return "common/validation-error";
}

/**
 * A time in an answer: a `Date` inside, ISO 8601 in UTC with milliseconds outside. What `Date` writes needs no
 * pattern to check it, and a list has forty of them.
 */
export const timestamp = z.codec(z.string().meta({ format: "date-time" }), z.date(), {
  decode: (text) => new Date(text),
  encode: (date) => date.toISOString(),
});

export const createdAt = timestamp.meta({ description: "When this was created." });
export const updatedAt = timestamp.meta({ description: "When this was last changed." });

/** The response of an endpoint that returns no data. */
export const messageAnswer = z.object({
  message: z.string().meta({ description: "A sentence for users, in the language of `Accept-Language`." }),
});

/** The response to the deletion of a record. */
export const deletedAnswer = z.object({
  success: z.literal(true).meta({ description: "Always `true`; failures are errors." }),
});

/** Text that PostgreSQL and UTF-8 can hold: no NUL, no half of a surrogate pair. */
export function isStorableText(text: string): boolean {
  return !text.includes("\0") && text.isWellFormed();
}

/**
 * @returns whether a text is a complete https URL. Browsers complete `https:a` in a way that depends on the page.
 */
export function isHttpsAddress(text: string): boolean {
  return isStorableText(text) && /^https:\/\/[^/\\]/i.test(text) && URL.canParse(text);
}

/** How long a text is to a person: an emoji or a 글 is one. */
export function countCodePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/**
 * Text as a client sends it, composed (NFC): what a Mac sends decomposed is the same text to search, filters and limits.
 */
export const composedText = z.string().normalize("NFC");

/** What a reader can see something of: neither blank nor one of the letters and signs that are drawn as nothing. */
const ink = /[^\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800\u{1d159}]/u;

/** What turns the direction of the text behind it, also of the text that a page shows after it. */
const directionOverride = /[\u202a-\u202e\u2066-\u2069]/;

/**
 * A text of bounded length, counted in code points.
 *
 * @param limits `trim` takes blanks off both ends first, and empties a text without visible ink.
 */
export function text({ min = 0, max, trim = false }: { min?: number; max: number; trim?: boolean }) {
  // Forms send lines that end in CR LF, and a line break is one character.
  const lines = composedText.overwrite((value) => value.replaceAll("\r\n", "\n"));
  const schema = trim
    ? lines.overwrite((value) => (ink.test(value) || !isStorableText(value) ? value.trim() : ""))
    : lines;
  return schema
    .check((context) => {
      // A string has at most twice as many UTF-16 units as code points: no need to count a megabyte.
      const length = context.value.length > 2 * max ? context.value.length : countCodePoints(context.value);
      if (!isStorableText(context.value)) {
        context.issues.push({ code: "custom", message: "unsafeText", input: context.value });
      } else if (length < min) {
        context.issues.push({
          code: "custom",
          message: length === 0 ? "required" : "tooShort",
          params: { minimum: min },
          input: context.value,
        });
      } else if (length > max) {
        context.issues.push({
          code: "custom",
          message: "tooLong",
          params: { maximum: max },
          input: context.value,
        });
      }
    })
    .meta({ minLength: min, maxLength: max });
}

/**
 * A name, a title or the like: trimmed, and refused with direction overrides. Pages, mails, feeds and cards show it in
 * the middle of other text, and would each have to isolate it.
 *
 * @param limits in code points.
 */
export function label(limits: { min?: number; max: number }) {
  return text({ ...limits, trim: true }).refine(
    (value) => !directionOverride.test(value),
    "directionOverride",
  );
}
