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
    // Node.js documents the message of this channel.
    const { request, response, server } = message as RequestStart;
    receiveForGuestPages(request, server);
    setConnectionAddressHeader(request);
    rejectDuplicateAuthorization(request);
    normalizePath(request);
    dropMalformedRouterState(request);
    forwardUnsupportedMethods(request);
    if (!isApiPath(request.url ?? "")) replaceUnavailablePage(request, response);
    // A server that is shutting down waits for its connections, and busy clients would keep theirs open forever.
    if (!server.listening) response.shouldKeepAlive = false;
  });
}

type RequestStart = { request: IncomingMessage; response: ServerResponse; server: Server };

/**
 * Next.js does not pass the socket to route handlers, and keeps the `X-Forwarded-For` of the client. An internal header
 * contains the address of the connection, and overwrites any value that the client sent.
 */
function setConnectionAddressHeader({ headers, socket }: IncomingMessage): void {
  headers[connectionAddressHeader] = socket.remoteAddress ?? "";
}

/** Node.js keeps the first of two `Authorization` headers, a proxy may use the last: neither is accepted. */
function rejectDuplicateAuthorization({ headers, rawHeaders }: IncomingMessage): void {
  if (headers.authorization === undefined) return;
  const names = rawHeaders.filter((_, index) => index % 2 === 0);
  if (names.filter((name) => name.toLowerCase() === "authorization").length > 1) headers.authorization = ",";
}

/**
 * Next.js responds to an invalid escape (`%`, `%ff`) with 500: here it is literal text. To a doubled or trailing slash
 * it responds with a redirect that lacks the headers of the API: below `/api` such a slash is ignored.
 */
function normalizePath(request: IncomingMessage): void {
  const [path = "", ...query] = request.url?.split("?") ?? [];
  const decodable = isDecodable(path) ? path : path.replaceAll("%", "%25");
  const normalized = isApiPath(decodable) ? decodable.replace(/\/+/g, "/").replace(/\/$/, "") : decodable;
  if (normalized !== path) request.url = [normalized, ...query].join("?");
}

/**
 * Next.js responds to `TRACE` with 500 and to other unknown methods with an empty 400. Below `/api` they reach the
 * route as another method with a header, and the route rejects them as unsupported.
 */
function forwardUnsupportedMethods(request: IncomingMessage): void {
  delete request.headers[unsupportedMethodHeader];
  const { method = "", url = "" } = request;
  if (routeMethods.includes(method) || !isApiPath(url)) return;
  request.headers[unsupportedMethodHeader] = method;
  request.method = "PUT";
}

/**
 * Next.js responds with 500 if the router's header for the part of the page that the browser already has is malformed.
 * Without that header, the router gets the whole page.
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

function isApiPath(address: string): boolean {
  return /^\/api([/?]|$)/.test(address);
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}
