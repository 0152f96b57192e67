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

/** PostgreSQL's classes for a broken connection, a lack of room, and a server that starts or stops. */
const sqlStates = /^(08...|53...|57P0[1-3])$/;

/** What pg itself says of a connection has no code. */
const driverWords =
  /^(timeout expired|timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error|Client was closed)/i;

/** Tells a database that is away, or cannot serve now, from one that answers and refuses. */
export function isUnreachable(error: unknown): boolean {
  if (error instanceof AggregateError && error.errors.some(isUnreachable)) return true;
  if (!(error instanceof Error)) return false;
  const code = errorCodeOf(error);
  return networkErrors.has(code) || isUnreachableState(code) || driverWords.test(error.message);
}

/** The same of PostgreSQL's own code for an error. */
export function isUnreachableState(sqlState: string): boolean {
  return sqlStates.test(sqlState);
}
