import "server-only";
import { z } from "zod";
import { env } from "@/lib/config/env";
import { site } from "@/lib/config/site";
import { locales } from "@/lib/i18n/locales";

/** The context that a program needs before its first call. */
export const projectContext = z.object({
  name: z.string(),
  /** The prefix of every path in the reference. */
  baseUrl: z.string(),
  headers: z.record(z.string(), z.string()),
  rules: z.array(z.string()),
  links: z.record(z.string(), z.string()),
});

/** @returns the URL of the API, the required headers, and the rules for all endpoints. */
export function getProjectContext(): z.output<typeof projectContext> {
  const { APP_URL, PUBLISHABLE_KEY, ACCESS_TOKEN_TTL, REFRESH_TOKEN_TTL, PASSWORD_MIN_LENGTH } = env();
  const days = Math.round(REFRESH_TOKEN_TTL / 86_400);
  return {
    name: site.name.en,
    baseUrl: `${APP_URL}/api`,
    headers: {
      "X-API-Key": PUBLISHABLE_KEY,
      Authorization: "Bearer <accessToken>",
      "Content-Type": "application/json",
      "Accept-Language": `${locales.join(" or ")}, the language of \`message\``,
    },
    rules: [
      "Every call carries X-API-Key. This publishable key (pk_…) can be used in browsers and apps. The secret key (sk_…) acts as admin: it stays on a server and is never given out here.",
      `Sign-up, sign-in and refresh return {accessToken, refreshToken, tokenType, expiresIn}. The access token is valid for ${ACCESS_TOKEN_TTL} seconds, the refresh token ${days} days from its last use.`,
      "On 401 auth/token-expired or auth/invalid-token call POST /v1/auth/refresh once and repeat the request; a refresh replaces the refresh token. lib/client/bkend-fetch.ts does this: use it instead of writing it again.",
      'Sign-up and sign-in take method: "password" or "magiclink". Unknown fields in a body are rejected (400).',
      `A new password needs at least ${PASSWORD_MIN_LENGTH} characters and at most 72 bytes.`,
      "Errors are {error: {code, message, details?}}. Decide by code, show message, put details beside the fields that they name.",
      "Lists take page, limit (1–100), sortBy, sortDirection and answer {items, pagination}.",
      "429 and 503 carry Retry-After, in seconds. Every answer carries X-Request-Id.",
      "Times are ISO 8601 in UTC. Ids are opaque.",
      "Guests read published articles; drafts are their author's alone.",
      "Ask search_docs for an endpoint before calling it.",
    ],
    links: {
      reference: `${APP_URL}/docs/api`, // part: api-reference
      openapi: `${APP_URL}/api/v1/openapi.json`,
      tutorial: `${APP_URL}/tutorial`, // part: tutorial
    },
  };
}
