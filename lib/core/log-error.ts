import "server-only";
import { log } from "@/lib/runtime/log";
import type { Client } from "./client";
import { isDatabaseUnavailable } from "./database-errors";
import { AppError } from "./errors";

/**
 * Logs an error at an entry point, in one line: as an error where the server is at fault, as a warning where a request
 * was rejected, and not at all for invalid input.
 *
 * @param eventPrefix the start of the event's name: `request` makes `request.failed` and `request.refused`.
 * @param request what was requested, if the prefix does not say so.
 * @returns the error for the caller, whatever was thrown.
 */
export function logError(
  eventPrefix: string,
  thrown: unknown,
  { requestId, ip }: Client,
  request: { method?: string; path?: string; form?: string } = {},
): AppError {
  const error = toAppError(thrown);
  const event = { code: error.code, account: error.account, ...request, requestId, ip };
  if (error.status >= 500) log.error(`${eventPrefix}.failed`, thrown, event);
  else if ([401, 403, 429].includes(error.status)) log.warn(`${eventPrefix}.refused`, event);
  return error;
}

/** @returns the error for the caller, whatever was thrown. */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  if (isDatabaseUnavailable(thrown)) {
    return new AppError("common/unavailable", { retryAfterSeconds: 2, cause: thrown });
  }
  return new AppError("common/internal-error", { cause: thrown });
}
