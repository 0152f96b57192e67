import "server-only";
import { env } from "@/lib/config/env";
import { clientOf } from "@/lib/core/client";

/**
 * The headers that let a page of another site read a response. Tokens travel in headers and never in cookies, so
 * any origin may call; `CORS_ORIGINS` narrows it.
 *
 * @returns no headers that allow access for an origin that is not on the list.
 */
export function corsHeaders(request: Request): Headers {
  const headers = new Headers({ "Access-Control-Expose-Headers": "X-Request-Id, Retry-After" });
  const allowed = env().CORS_ORIGINS;
  if (!allowed) {
    headers.set("Access-Control-Allow-Origin", "*");
    return headers;
  }

  headers.set("Vary", "Origin");
  const origin = request.headers.get("origin");
  if (origin && allowed.includes(origin)) headers.set("Access-Control-Allow-Origin", origin);
  return headers;
}

/** Responds to a CORS preflight request, before any API key is checked. */
export function preflight(request: Request, allow: string): Response {
  const headers = corsHeaders(request);
  headers.set("X-Request-Id", clientOf(request.headers).requestId);
  headers.set("X-Content-Type-Options", "nosniff");
  headers.set("Allow", allow);
  headers.set("Access-Control-Allow-Methods", "GET, POST, PATCH, PUT, DELETE");
  headers.set(
    "Access-Control-Allow-Headers",
    "Authorization, Content-Type, X-API-Key, X-Project-Id, X-Environment, Accept-Language, X-Request-Id",
  );
  headers.set("Access-Control-Max-Age", "86400");
  return new Response(null, { status: 204, headers });
}
