import "server-only";
import { headers } from "next/headers";
import { AppError } from "@/lib/core/errors";
import { retryAfterHeader } from "./page-limit-header";

/**
 * `proxy.ts` counts each request for a page. It answers what is beyond the limit itself, but for calls of server
 * actions: a form says by itself what became of it.
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
