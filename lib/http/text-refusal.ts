import "server-only";
import { errorMessage } from "@/lib/i18n/translate";
import type { Client } from "./client";
import { noteRefusal } from "./refusals";

/** Turns whatever was thrown into plain text for a browser that asked for no page, and notes it in the log. */
export function textRefusal(
  event: Parameters<typeof noteRefusal>[0],
  thrown: unknown,
  client: Client,
): Response {
  const { code, status, retryAfterSeconds } = noteRefusal(event, thrown, client);
  return new Response(errorMessage(code, client.locale), {
    status,
    headers: {
      "Cache-Control": "no-store",
      "Content-Type": "text/plain; charset=utf-8",
      ...(retryAfterSeconds !== undefined && { "Retry-After": String(retryAfterSeconds) }),
    },
  });
}
