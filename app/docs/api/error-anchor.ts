import type { ErrorCode } from "@/lib/core/errors";

/** @returns the id of an error's entry in the error table. */
export function errorAnchor(code: ErrorCode): string {
  return `error-${code.replace("/", "-")}`;
}
