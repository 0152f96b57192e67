import "server-only";
import type { Route } from "next";
import { deleteCookie, findCookie, setCookie } from "@/lib/web/cookies";
import { safeRedirectPath } from "@/lib/web/paths/safe-redirect-path";

const cookieName = "return-to";
const maxAgeSeconds = 3600;

/**
 * Remembers where a user was going who has to open an email first, since its link does not contain the path.
 * Call it from a server action.
 */
export async function saveReturnTo(path: string): Promise<void> {
  const safePath = safeRedirectPath(path, "");
  if (safePath) await setCookie(cookieName, safePath, maxAgeSeconds);
}

/** Returns the remembered path and deletes it. Call it from a server action. */
export async function consumeReturnTo(): Promise<Route | ""> {
  const path = safeRedirectPath(await findCookie(cookieName), "");
  if (path) await deleteCookie(cookieName);
  return path;
}
