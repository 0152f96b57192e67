import "server-only";
import type { Client } from "@/lib/core/client";
import { errorMessage } from "@/lib/core/error-messages";
import type { AppError } from "@/lib/core/errors";
import { logError } from "@/lib/core/log-error";

type ErrorBody = { type: string; text: string };

/**
 * Logs what was thrown, and turns it into a response.
 *
 * @param options.event begins the name of the event in the log, as `logError` takes it.
 * @param options.path of the request, for the log.
 * @param options.write the body in the form that the client reads; by default there is none.
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
      // The rest of the body is not waited for.
      ...(status === 408 && { Connection: "close" }),
    },
  });
}

/** As `errorResponse`, in plain text, for a browser that asked for no page. */
export function errorTextResponse(thrown: unknown, event: string, client: Client): Response {
  const write = ({ code }: AppError) => ({
    type: "text/plain; charset=utf-8",
    text: errorMessage(code, client.locale),
  });
  return errorResponse(thrown, { event, client, write });
}
