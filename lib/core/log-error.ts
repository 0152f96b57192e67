import "server-only";
import { log } from "@/lib/runtime/log";
import type { Client } from "./client";
import { isDatabaseUnavailable } from "./database-errors";
import { AppError } from "./errors";

/**
 * Leaves the one line in the log that a refusal has at whichever door: an error where we are to blame, a warning where
 * a caller was refused, nothing for a mistake of the caller's.
 *
 * @param door begins the name of the event: `request` makes `request.failed` and `request.refused`.
 * @param request what was asked for, where the door does not say it.
 * @returns the error that the caller is told, whatever happened.
 */
export function logError(
  door: string,
  thrown: unknown,
  { requestId, ip }: Client,
  request: { method?: string; path?: string; form?: string } = {},
): AppError {
  const error = toAppError(thrown);
  const event = { code: error.code, account: error.account, ...request, requestId, ip };
  if (error.status >= 500) log.error(`${door}.failed`, thrown, event);
  else if ([401, 403, 429].includes(error.status)) log.warn(`${door}.refused`, event);
  return error;
}

/** @returns the error that the caller is told, whatever happened. */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  if (isDatabaseUnavailable(thrown)) {
    return new AppError("common/unavailable", { retryAfterSeconds: 2, cause: thrown });
  }
  return new AppError("common/internal-error", { cause: thrown });
}
