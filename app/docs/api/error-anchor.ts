import type { ErrorCode } from "@/lib/core/errors";

/** @returns the id of an error's place on the page. */
export function errorAnchor(code: ErrorCode): string {
  return `error-${code.replace("/", "-")}`;
}
