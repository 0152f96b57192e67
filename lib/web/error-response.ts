import "server-only";
import type { Client } from "@/lib/core/client";
import { errorMessage } from "@/lib/core/error-messages";
import type { AppError } from "@/lib/core/errors";
import { logError } from "@/lib/core/log-error";

type ErrorBody = { type: string; text: string };

/**
 * Logs a thrown error and turns it into a response.
 *
 * @param options.event the prefix of the event name in the log, as for `logError`.
 * @param options.path of the request, for the log.
 * @param options.write writes the body in the client's format; without it there is no body.
 */
export function errorResponse(
  thrown: unknown,
  {
    event,
    client,
    method,
    path,
    write,
  }: {
    event: string;
    client: Client;
    method?: string;
    path?: string;
    write?: (error: AppError) => ErrorBody;
  },
): Response {
  const error = logError(event, thrown, client, { ...(method && { method }), ...(path && { path }) });
  const { status, retryAfterSeconds } = error;
  const body = write?.(error);
  return new Response(body?.text ?? null, {
    status,
    headers: {
      "Cache-Control": "no-store",
      "X-Content-Type-Options": "nosniff",
      "X-Request-Id": client.requestId,
      ...(body && { "Content-Type": body.type }),
      ...(retryAfterSeconds !== undefined && { "Retry-After": String(retryAfterSeconds) }),
      // A response with 401 has to say how to authenticate (RFC 9110, section 15.5.2).
      ...(status === 401 && { "WWW-Authenticate": "Bearer" }),
      // The server does not read the rest of the request body.
      ...(status === 408 && { Connection: "close" }),
    },
  });
}

/** As `errorResponse`, in plain text, for a browser that did not request a page. */
export function errorTextResponse(thrown: unknown, event: string, client: Client): Response {
  const write = ({ code }: AppError) => ({
    type: "text/plain; charset=utf-8",
    text: errorMessage(code, client.locale),
  });
  return errorResponse(thrown, { event, client, write });
}
