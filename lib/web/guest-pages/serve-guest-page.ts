import "server-only";
import { type NextRequest, NextResponse } from "next/server";
import { env } from "@/lib/config/env";
import { equalSecrets } from "@/lib/crypto/secrets";
import { isUnchanged } from "@/lib/runtime/etag";
import { log } from "@/lib/runtime/log";
import { guestPageAddress } from "./guest-page-address";
import { canRenderPages, renderingHeader, renderingSecret, routerRequestHeader } from "./render-page";

/**
 * Serves a page to a guest from memory, or responds with 304, if possible: on a production server that keeps its
 * memory between requests, and for a page that is the same for every guest.
 *
 * @param nonce of this response.
 * @param mayRender is called before a page is rendered for the memory.
 * @returns null if Next.js has to render the page.
 */
export async function serveGuestPage(
  request: NextRequest,
  nonce: string,
  mayRender: () => Promise<boolean>,
): Promise<NextResponse | null> {
  const { isProduction, isVercel } = env();
  if (!isProduction || isVercel || !canRenderPages()) return null;
  if (request.headers.has(routerRequestHeader) || isRendering(request)) return null;
  const address = guestPageAddress({
    method: request.method,
    pathname: request.nextUrl.pathname,
    searchParams: request.nextUrl.searchParams,
    acceptLanguage: request.headers.get("accept-language"),
    cookies: request.cookies.getAll(),
  });
  if (!address) return null;

  try {
    // Imported late: it opens the pool, which must not happen before the address of the database is known.
    const { findGuestPage } = await import("./guest-pages");
    const page = await findGuestPage(address, nonce, mayRender);
    if (!page) return null;
    const etag = page.headers.find(([name]) => name === "etag")?.[1];
    const response =
      etag !== undefined && isUnchanged(request, etag)
        ? new NextResponse(null, { status: 304 })
        : new NextResponse(request.method === "HEAD" ? null : page.body);
    for (const [name, value] of page.headers) response.headers.set(name, value);
    response.headers.set("server-timing", `guest-page;desc=${page.isHit ? "hit" : "miss"}`);
    return response;
  } catch (error) {
    // Next.js then renders the page, which shows the error.
    log.warn("guest-pages.failed", { reason: error instanceof Error ? error.message : "unknown" });
    return null;
  }
}

/** @returns whether this server sent the request itself, to render a page that it keeps in memory. */
export function isRendering({ headers }: Request): boolean {
  const secret = headers.get(renderingHeader);
  return secret !== null && equalSecrets(secret, renderingSecret());
}
