import "server-only";
import { channel } from "node:diagnostics_channel";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { parseAndValidateFlightRouterState } from "next/dist/server/app-render/parse-and-validate-flight-router-state";
import { routeMethods, unsupportedMethodHeader } from "@/lib/api/methods";
import { connectionAddressHeader } from "@/lib/core/client";
import { receiveForGuestPages } from "@/lib/web/guest-pages/render-page";
import { replaceUnavailablePage } from "./unavailable-page";

/** Normalizes each request as it arrives, before Next.js reads it. */
export function normalizeRequests(): void {
  channel("http.server.request.start").subscribe((message) => {
    // The message of this channel, as Node documents it.
    const { request, response, server } = message as RequestStart;
    receiveForGuestPages(request, server);
    setConnectionAddressHeader(request);
    rejectDuplicateAuthorization(request);
    normalizePath(request);
    dropMalformedRouterState(request);
    forwardUnsupportedMethods(request);
    if (!isOfApi(request.url ?? "")) replaceUnavailablePage(request, response);
    // A server that was asked to end waits for its connections, and busy clients would keep theirs forever.
    if (!server.listening) response.shouldKeepAlive = false;
  });
}

type RequestStart = { request: IncomingMessage; response: ServerResponse; server: Server };

/**
 * Next.js passes no socket to route handlers, and leaves `X-Forwarded-For` as the caller wrote it. A header of our own
 * carries the address of the connection, and overwrites what a caller put there.
 */
function setConnectionAddressHeader({ headers, socket }: IncomingMessage): void {
  headers[connectionAddressHeader] = socket.remoteAddress ?? "";
}

/** Node keeps the first of two `Authorization` headers, a proxy may look at the last: neither counts. */
function rejectDuplicateAuthorization({ headers, rawHeaders }: IncomingMessage): void {
  if (headers.authorization === undefined) return;
  const names = rawHeaders.filter((_, index) => index % 2 === 0);
  if (names.filter((name) => name.toLowerCase() === "authorization").length > 1) headers.authorization = ",";
}

/**
 * Next.js answers an invalid escape (`%`, `%ff`) with 500: it counts as literal text. And it answers a doubled or
 * trailing slash with a redirect that lacks the headers of the API: below `/api` such a slash is ignored.
 */
function normalizePath(request: IncomingMessage): void {
  const [path = "", ...query] = request.url?.split("?") ?? [];
  const readable = isReadable(path) ? path : path.replaceAll("%", "%25");
  const tidy = isOfApi(readable) ? readable.replace(/\/+/g, "/").replace(/\/$/, "") : readable;
  if (tidy !== path) request.url = [tidy, ...query].join("?");
}

/**
 * Next.js answers `TRACE` with 500 and other methods that it does not know with an empty 400. Below `/api` they reach
 * the route as another method with a header, and it refuses them as unsupported.
 */
function forwardUnsupportedMethods(request: IncomingMessage): void {
  delete request.headers[unsupportedMethodHeader];
  const { method = "", url = "" } = request;
  if (routeMethods.includes(method) || !isOfApi(url)) return;
  request.headers[unsupportedMethodHeader] = method;
  request.method = "PUT";
}

/**
 * Next.js answers 500 to a malformed header of its router that names the part of the page which the browser has.
 * Without that header the router gets the whole page.
 */
function dropMalformedRouterState({ headers }: IncomingMessage): void {
  const name = "next-router-state-tree";
  if (headers[name] === undefined) return;
  try {
    parseAndValidateFlightRouterState(headers[name]);
  } catch {
    delete headers[name];
  }
}

function isOfApi(address: string): boolean {
  return /^\/api([/?]|$)/.test(address);
}

function isReadable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}
