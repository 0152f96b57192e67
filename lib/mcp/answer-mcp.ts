import "server-only";
import { WebStandardStreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js";
import { readJson } from "@/lib/api/body";
import { env } from "@/lib/config/env";
import { type Client, clientOf } from "@/lib/core/client";
import { errorMessage } from "@/lib/core/error-messages";
import { AppError } from "@/lib/core/errors";
import { limit } from "@/lib/core/rate-limit";
import { errorResponse } from "@/lib/web/error-response";
import { createDocsServer } from "./docs-server";

/**
 * Handles a message of the Model Context Protocol over streamable HTTP. There are no sessions and no streams: any
 * instance responds to each `POST` with JSON. Rate limits and the maximum body size are those of the API.
 *
 * @see https://modelcontextprotocol.io/specification/2025-11-25/basic/transports
 */
export async function answerMcp(request: Request): Promise<Response> {
  const client = clientOf(request.headers);
  const response = await serve(request, client).catch((error: unknown) =>
    toErrorResponse(error, request, client),
  );
  return withHeaders(response, request, client);
}

/** Handles other methods: responds to CORS preflights, and rejects requests for streams and sessions. */
export async function rejectMcp(request: Request): Promise<Response> {
  const client = clientOf(request.headers);
  const isPreflight = request.method === "OPTIONS" && isAllowedOrigin(request);
  const response = isPreflight
    ? new Response(null, { status: 204, headers: preflightHeaders })
    : toErrorResponse(new AppError("common/method-not-allowed"), request, client);
  response.headers.set("Allow", "POST, OPTIONS");
  return withHeaders(response, request, client);
}

const preflightHeaders = {
  "Access-Control-Allow-Methods": "POST",
  "Access-Control-Allow-Headers":
    "Accept, Authorization, Content-Type, Last-Event-ID, Mcp-Protocol-Version, Mcp-Session-Id",
  "Access-Control-Max-Age": "86400",
};

async function serve(request: Request, client: Client): Promise<Response> {
  await limit("request", client.ip);
  if (!isAllowedOrigin(request))
    return Response.json(jsonRpcError("This site may not call the MCP server."), { status: 403 });

  const message = await readJson(request);
  // The protocol no longer has batches, and a batch would count as one call in the rate limit.
  if (Array.isArray(message))
    return Response.json(jsonRpcError("Send one message at a time."), { status: 400 });
  const server = createDocsServer();
  const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
  await server.connect(transport);
  try {
    return await transport.handleRequest(withStreamsAccepted(request), { parsedBody: message });
  } finally {
    await server.close();
  }
}

/**
 * The transport requires that a client also accepts streams, although it never sends one. This adds the header for
 * clients that accept only JSON.
 */
function withStreamsAccepted({ url, method, headers: given }: Request): Request {
  const headers = new Headers(given);
  const accepted = headers.get("accept") ?? "*/*";
  if (/application\/(json|\*)|\*\/\*/i.test(accepted)) {
    headers.set("accept", "application/json, text/event-stream");
  }
  return new Request(url, { method, headers });
}

/**
 * Programs send no origin. Pages in a browser do, and are allowed from this site, from `CORS_ORIGINS`, and from tools
 * on the user's own machine. This also stops DNS rebinding, where a foreign page's host name points here.
 */
function isAllowedOrigin(request: Request): boolean {
  const origin = request.headers.get("origin");
  if (origin === null) return true;
  if (!URL.canParse(origin)) return false;
  const { APP_URL, CORS_ORIGINS = [] } = env();
  const { hostname } = new URL(origin);
  return (
    origin === APP_URL ||
    CORS_ORIGINS.includes(origin) ||
    ["localhost", "127.0.0.1", "[::1]"].includes(hostname)
  );
}

function toErrorResponse(thrown: unknown, { method }: Request, client: Client): Response {
  const write = ({ code }: AppError) => ({
    type: "application/json",
    text: JSON.stringify(jsonRpcError(`${code}: ${errorMessage(code, client.locale)}`)),
  });
  return errorResponse(thrown, { event: "request", client, method, path: "/api/mcp", write });
}

/** -32000 is the first code that JSON-RPC reserves for server errors. */
function jsonRpcError(message: string) {
  return { jsonrpc: "2.0", error: { code: -32_000, message }, id: null };
}

function withHeaders(response: Response, request: Request, { requestId }: Client): Response {
  response.headers.set("Cache-Control", "no-store");
  response.headers.set("X-Content-Type-Options", "nosniff");
  response.headers.set("X-Request-Id", requestId);
  const origin = request.headers.get("origin");
  response.headers.append("Vary", "Origin");
  if (origin && isAllowedOrigin(request)) response.headers.set("Access-Control-Allow-Origin", origin);
  return response;
}
