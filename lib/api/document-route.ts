import "server-only";
import { env } from "@/lib/config/env";
import { clientOf } from "@/lib/core/client";
import { type AddressPolicyName, limit } from "@/lib/core/rate-limit";
import type { Locale } from "@/lib/i18n/locales";
import { etagOf, isUnchanged } from "@/lib/runtime/etag";
import { errorResponse } from "@/lib/web/error-response";
import { documentAddress } from "@/lib/web/guest-pages/guest-page-address";
import { isRendering } from "@/lib/web/guest-pages/serve-guest-page";

/** A document outside the API, the same for every client. */
export type PublicDocument = {
  body: string | Uint8Array<ArrayBuffer>;
  contentType: string;
};

/** The input of a document: its language, and its own URL in that language. */
export type DocumentCall<Params> = { params: Params; locale: Locale; address: string };

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
      const { path, locale } = documentAddress(new URL(request.url));
      const address = env().APP_URL + path;
      return respond(request, await write({ params: await context.params, locale, address }));
    } catch (error) {
      return errorResponse(error, { event: "document", client });
    }
  };
}

function respond(request: Request, { body, contentType }: PublicDocument): Response {
  const etag = etagOf(body);
  const headers = {
    // A cache asks each time whether its copy is current, so that it never serves an article that is no longer public.
    "Cache-Control": "public, no-cache",
    "Content-Type": contentType,
    "X-Content-Type-Options": "nosniff",
    ETag: etag,
  };
  if (isUnchanged(request, etag)) return new Response(null, { status: 304, headers });
  return new Response(body, { headers });
}
