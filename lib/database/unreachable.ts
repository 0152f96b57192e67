import { errorCodeOf } from "@/lib/runtime/error-code";

const networkErrors = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
]);

/** SQLSTATEs of a broken connection, insufficient resources, and a server that starts or stops. */
const sqlStates = /^(08...|53...|57P0[1-3])$/;

/** Connection errors of pg itself have no code. */
const driverWords =
  /^(timeout expired|timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error|Client was closed)/i;

/** @returns whether the database is unavailable, as opposed to rejecting the request. */
export function isUnreachable(error: unknown): boolean {
  if (error instanceof AggregateError && error.errors.some(isUnreachable)) return true;
  if (!(error instanceof Error)) return false;
  const code = errorCodeOf(error);
  return networkErrors.has(code) || isUnreachableState(code) || driverWords.test(error.message);
}

/** @returns whether a SQLSTATE means that the database is unavailable. */
export function isUnreachableState(sqlState: string): boolean {
  return sqlStates.test(sqlState);
}
