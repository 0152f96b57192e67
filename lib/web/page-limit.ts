import "server-only";
import { headers } from "next/headers";
import { AppError } from "@/lib/core/errors";
import { retryAfterHeader } from "./page-limit-header";

/**
 * Rejects a call of a server action beyond the limit. `proxy.ts` counts each request for a page and rejects all other
 * requests beyond the limit itself; a server action lets its form show the error.
 *
 * @throws AppError `common/too-many-requests` (429).
 */
export async function requirePageLimit(): Promise<void> {
  const seconds = (await headers()).get(retryAfterHeader);
  if (seconds !== null)
    throw new AppError("common/too-many-requests", { retryAfterSeconds: Number(seconds) });
}

/** @returns whether this call of a server action is within the limit. */
export async function isWithinPageLimit(): Promise<boolean> {
  return !(await headers()).has(retryAfterHeader);
}
