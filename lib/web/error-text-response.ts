import "server-only";
import type { Client } from "@/lib/core/client";
import { errorMessage } from "@/lib/core/error-messages";
import { logError } from "@/lib/core/log-error";

/** Turns whatever was thrown into plain text for a browser that asked for no page, and notes it in the log. */
export function errorTextResponse(
  event: Parameters<typeof logError>[0],
  thrown: unknown,
  client: Client,
): Response {
  const { code, status, retryAfterSeconds } = logError(event, thrown, client);
  return new Response(errorMessage(code, client.locale), {
    status,
    headers: {
      "Cache-Control": "no-store",
      "Content-Type": "text/plain; charset=utf-8",
      ...(retryAfterSeconds !== undefined && { "Retry-After": String(retryAfterSeconds) }),
    },
  });
}
