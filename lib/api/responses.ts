import "server-only";
import type { Client } from "@/lib/core/client";
import { errorMessage, fieldMessage } from "@/lib/core/error-messages";
import type { AppError } from "@/lib/core/errors";
import type { Locale } from "@/lib/i18n/locales";
import { errorResponse } from "@/lib/web/error-response";

export function json(status: number, body: unknown, client: Client): Response {
  return Response.json(body, { status, headers: headersFor(client) });
}

export function empty(status: number, client: Client, headers?: Record<string, string>): Response {
  return new Response(null, { status, headers: { ...headersFor(client), ...headers } });
}

function headersFor({ requestId }: Client): Record<string, string> {
  return { "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "X-Request-Id": requestId };
}

/** Turns a thrown error into an error response of the API. */
export function toErrorResponse(thrown: unknown, { method, url }: Request, client: Client): Response {
  const { pathname: path } = new URL(url);
  const write = (error: AppError) => ({
    type: "application/json",
    text: JSON.stringify(errorBody(error, client.locale)),
  });
  return errorResponse(thrown, { event: "request", client, method, path, write });
}

function errorBody({ code, problems, token }: AppError, locale: Locale) {
  const details = problems.map((problem) => ({
    path: problem.path,
    message: fieldMessage(problem, locale),
  }));
  return {
    error: { code, message: errorMessage(code, locale), ...(details.length > 0 && { details }) },
    ...(token !== undefined && { token }),
  };
}
