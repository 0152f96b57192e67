import "server-only";
import type { Route } from "next";
import { deleteCookie, findCookie, setCookie } from "@/lib/web/cookies";
import { safeRedirectPath } from "@/lib/web/paths/safe-redirect-path";

const cookieName = "return-to";
const maxAgeSeconds = 3600;

/**
 * Remembers where a user was going who has to read a mail first: the link in it cannot say.
 * To be called from a server action.
 */
export async function saveReturnTo(path: string): Promise<void> {
  const ours = safeRedirectPath(path, "");
  if (ours) await setCookie(cookieName, ours, maxAgeSeconds);
}

/** @returns the path that was remembered, and forgets it. To be called from a server action. */
export async function consumeReturnTo(): Promise<Route | ""> {
  const path = safeRedirectPath(await findCookie(cookieName), "");
  if (path) await deleteCookie(cookieName);
  return path;
}
