import "server-only";
import { clientOf } from "@/lib/core/client";
import { type AddressPolicyName, limit } from "@/lib/core/rate-limit";
import { defaultLocale, isLocale, type Locale } from "@/lib/i18n/locales";
import { etagOf, isUnchanged } from "@/lib/runtime/etag";
import { errorResponse } from "@/lib/web/error-response";
import { isRendering } from "@/lib/web/guest-pages/serve-guest-page";

/** A document outside the API, the same for every client. */
export type PublicDocument = {
  body: string | Uint8Array<ArrayBuffer>;
  contentType: string;
  /** How long clients may cache it. */
  maxAgeSeconds: number;
};

/** The input of a document. `locale` comes from `?lang=`, since feed readers and crawlers send no user's language. */
export type DocumentCall<Params> = { params: Params; locale: Locale; url: URL };

type Context<Params> = { params: Promise<Params> };

/**
 * Creates a route that serves a document: a feed, a sitemap, an image. A client that has the current version gets 304.
 *
 * @param write throws an `AppError` for a document that does not exist.
 * @param options.addressLimit a limit per client address in addition to the general one, which `proxy.ts` counts.
 */
export function documentRoute<Params = Record<string, never>>(
  write: (call: DocumentCall<Params>) => Promise<PublicDocument>,
  { addressLimit }: { addressLimit?: AddressPolicyName } = {},
): (request: Request, context: Context<Params>) => Promise<Response> {
  return async (request, context) => {
    const client = clientOf(request.headers);
    try {
      // When this server requests the document from itself, the proxy has already counted the client.
      if (addressLimit && !isRendering(request)) await limit(addressLimit, client.ip);
      const url = new URL(request.url);
      const chosen = url.searchParams.get("lang");
      const locale = isLocale(chosen) ? chosen : defaultLocale;
      return respond(request, await write({ params: await context.params, locale, url }));
    } catch (error) {
      return errorResponse(error, { event: "document", client });
    }
  };
}

function respond(request: Request, { body, contentType, maxAgeSeconds }: PublicDocument): Response {
  const etag = etagOf(body);
  const headers = {
    "Cache-Control": `public, max-age=${maxAgeSeconds}`,
    "Content-Type": contentType,
    "X-Content-Type-Options": "nosniff",
    ETag: etag,
  };
  if (isUnchanged(request, etag)) return new Response(null, { status: 304, headers });
  return new Response(body, { headers });
}
