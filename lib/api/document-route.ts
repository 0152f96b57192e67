import "server-only";
import { createHash } from "node:crypto";
import { type Client, clientOf } from "@/lib/core/client";
import { logError } from "@/lib/core/log-error";
import { type AddressPolicyName, limit } from "@/lib/core/rate-limit";
import { defaultLocale, isLocale, type Locale } from "@/lib/i18n/locales";
import { isRendering } from "@/lib/web/guest-pages/answer-guest";

/** A document outside the API, the same for everybody who asks for it. */
export type PublicDocument = {
  body: string | Uint8Array<ArrayBuffer>;
  contentType: string;
  /** How long clients may cache it. */
  maxAgeSeconds: number;
};

/** What a document is made from. `locale` is that of `?lang=`, for such readers do not speak for a person. */
export type DocumentCall<Params> = { params: Params; locale: Locale; url: URL };

type Context<Params> = { params: Promise<Params> };

/**
 * Makes a route that hands out a document: a feed, a sitemap, a picture. A client that has the present one is told so
 * instead of being sent it again.
 *
 * @param write throws an `AppError` for what does not exist.
 * @param options.addressLimit a limit by client address beside the general one, which `proxy.ts` counts for it.
 */
export function documentRoute<Params = Record<string, never>>(
  write: (call: DocumentCall<Params>) => Promise<PublicDocument>,
  { addressLimit }: { addressLimit?: AddressPolicyName } = {},
): (request: Request, context: Context<Params>) => Promise<Response> {
  return async (request, context) => {
    const client = clientOf(request.headers);
    try {
      // The proxy has counted the client when this server asks itself for the document.
      if (addressLimit && !isRendering(request)) await limit(addressLimit, client.ip);
      const url = new URL(request.url);
      const chosen = url.searchParams.get("lang");
      const locale = isLocale(chosen) ? chosen : defaultLocale;
      return answer(request, await write({ params: await context.params, locale, url }));
    } catch (error) {
      return refuse(error, client);
    }
  };
}

function answer(request: Request, { body, contentType, maxAgeSeconds }: PublicDocument): Response {
  const etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
  const headers = {
    "Cache-Control": `public, max-age=${maxAgeSeconds}`,
    "Content-Type": contentType,
    "X-Content-Type-Options": "nosniff",
    ETag: etag,
  };
  if (request.headers.get("if-none-match")?.includes(etag))
    return new Response(null, { status: 304, headers });
  return new Response(body, { headers });
}

function refuse(thrown: unknown, client: Client): Response {
  const error = logError("document", thrown, client);
  const headers = new Headers({ "Cache-Control": "no-store", "X-Request-Id": client.requestId });
  if (error.retryAfterSeconds !== undefined) headers.set("Retry-After", String(error.retryAfterSeconds));
  return new Response(null, { status: error.status, headers });
}
