import "server-only";
import { isUnreachable, isUnreachableState } from "@/lib/database/unreachable";
import { Prisma } from "@/lib/generated/prisma/client";
import { errorCodeOf } from "@/lib/runtime/error-code";
import { AppError, type ErrorCode } from "./errors";

/**
 * For `.catch(…)` after a write: translates a violated unique constraint into an error of the API.
 *
 * @throws AppError with that code; anything else unchanged.
 */
export function onDuplicate(code: ErrorCode): (error: unknown) => never {
  return (error) => {
    if (isDuplicate(error)) throw new AppError(code, { cause: error });
    throw error;
  };
}

/** @returns whether a unique constraint was violated, by Prisma's code or by PostgreSQL's from the pool. */
export function isDuplicate(error: unknown): boolean {
  return ["P2002", "23505"].includes(errorCodeOf(error));
}

/**
 * For `.catch(…)` after a write: translates a violated foreign key, whose row was deleted meanwhile, into an error of
 * the API.
 *
 * @throws AppError with that code; anything else unchanged.
 * @see PostgreSQL, appendix A: 23503 is a violated foreign key; Prisma calls it P2003
 */
export function onMissing(code: ErrorCode): (error: unknown) => never {
  return (error) => {
    if (["P2003", "23503"].includes(errorCodeOf(error))) throw new AppError(code, { cause: error });
    throw error;
  };
}

/** Prisma's codes for a database that cannot be reached, is full, or lost the connection or transaction. */
const unavailablePrismaCodes = new Set([
  "P1001",
  "P1002",
  "P1008",
  "P1011",
  "P1017",
  "P2024",
  "P2028",
  "P2034",
  "P2037",
]);

/** PostgreSQL's codes for a statement that took too long, and for one that ended a deadlock. */
const cancelled = ["57014", "40P01"];

/**
 * @returns whether an error or its cause means that the database is unavailable or too busy, rather than a bug of ours.
 */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (isUnreachable(error) || unavailablePrismaCodes.has(errorCodeOf(error))) return true;
  if ([errorCodeOf(error), sqlStateOf(error)].some((code) => cancelled.includes(code))) return true;
  return isUnreachableState(sqlStateOf(error)) || isDatabaseUnavailable(error.cause);
}

/** PostgreSQL's code of an error without a Prisma code: Prisma keeps the driver's error. */
function sqlStateOf(error: Error): string {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return "";
  const driverError = error.meta?.driverAdapterError;
  if (!(driverError instanceof Error) || !(driverError.cause instanceof Object)) return "";
  const { cause } = driverError;
  return "originalCode" in cause && typeof cause.originalCode === "string" ? cause.originalCode : "";
}
