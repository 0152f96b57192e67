import { z } from "zod";
import { normalizeText } from "@/lib/runtime/normalize-text";
import { parseUrl } from "@/lib/runtime/parse-url";
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
  /** A rate limit by client address, in addition to the general one. */
  addressLimit?: AddressPolicyName;
  params?: z.ZodObject;
  /** The error for path parameters that cannot identify anything. */
  notFound?: ErrorCode;
  query?: z.ZodObject;
  /** A union where one field decides the shape. */
  body?: z.ZodObject | z.ZodDiscriminatedUnion<z.ZodObject[]>;
  /** The media types of a request body that is not JSON. */
  requestTypes?: readonly string[];
  /**
   * A `GET` that changes something, as the link in an email must. Neither a `HEAD` nor a browser that loads it as
   * anything but a page triggers it.
   */
  isAction?: true;
  /** It may also redirect a browser (302). */
  redirects?: true;
  /** 302 where success is always a redirect; its body is `z.never()`. */
  success: { status: 200 | 201 | 302; body: z.ZodType };
  /** The media types of a response that is not JSON. */
  responseTypes?: readonly string[];
  /** Its own errors; the OpenAPI document adds those that every endpoint may return. */
  errors: readonly ErrorCode[];
};

/** @returns the error code for malformed input to this endpoint: each area has its own. */
export function invalidInputCode(contract: Contract): ErrorCode {
  if (contract.path.startsWith("/v1/data/")) return "data/validation-error";
  if (/^\/v1\/(files|storage)/.test(contract.path)) return "file/invalid-format";
  return "common/validation-error";
}

/**
 * A time in a response: a `Date` in code, ISO 8601 in UTC with milliseconds in JSON. What `Date` writes is not
 * validated again, since a list has forty of them.
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

/** @returns whether PostgreSQL and UTF-8 can hold a text: no NUL, no lone surrogate. */
export function isStorableText(text: string): boolean {
  return !text.includes("\0") && text.isWellFormed();
}

/**
 * @returns whether a text is a complete https URL. Browsers complete `https:a` in a way that depends on the page.
 */
export function isHttpsAddress(text: string): boolean {
  return isStorableText(text) && /^https:\/\/[^/\\]/i.test(text) && parseUrl(text) !== null;
}

/** The length of a text in code points: an emoji or a 글 counts as one. */
export function countCodePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/**
 * Text as a client sends it, composed (NFC): what a Mac sends decomposed is the same text to search, filters and limits.
 */
export const composedText = z.string().overwrite((value) => normalizeText(value));

/** A visible character: neither whitespace nor one that is drawn as nothing. */
const visible = /[^\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800\u{1d159}]/u;

/** Characters that change the direction of the text after them, even of what a page shows next. */
const directionOverride = /[\u202a-\u202e\u2066-\u2069]/;

/**
 * A text of bounded length, counted in code points.
 *
 * @param limits `trim` removes whitespace at both ends first, and empties a text without a visible character.
 */
export function text({ min = 0, max, trim = false }: { min?: number; max: number; trim?: boolean }) {
  // Forms send line breaks as CR LF; each counts as one character.
  const lines = composedText.overwrite((value) => value.replaceAll("\r\n", "\n"));
  const schema = trim
    ? lines.overwrite((value) => (visible.test(value) || !isStorableText(value) ? value.trim() : ""))
    : lines;
  return schema
    .check(({ value, issues }) => {
      // A string has at most twice as many UTF-16 units as code points: a megabyte need not be counted.
      const length = value.length > 2 * max ? value.length : countCodePoints(value);
      const report = (message: string, params: Record<string, number> = {}) =>
        issues.push({ code: "custom", message, params, input: value });
      if (!isStorableText(value)) report("unsafeText");
      else if (length < min) report(length === 0 ? "required" : "tooShort", { minimum: min });
      else if (length > max) report("tooLong", { maximum: max });
    })
    .meta({ minLength: min, maxLength: max });
}

/**
 * A name, a title or the like: trimmed, and rejected with direction overrides. Pages, emails, feeds and cards show it
 * within other text, and would each have to isolate it.
 *
 * @param limits in code points.
 */
export function label(limits: { min?: number; max: number }) {
  return text({ ...limits, trim: true }).refine(
    (value) => !directionOverride.test(value),
    "directionOverride",
  );
}
