import "server-only";
import { findCookie, forgetCookie, keepCookie } from "@/lib/cookies";
import { ownPath } from "./return-to";

const cookieName = "return-to";
const maxAgeSeconds = 3600;

/**
 * Remembers where somebody was going who has to read a mail first: the link in it cannot say.
 * To be called from a server action.
 */
export async function keepReturnTo(path: string): Promise<void> {
  const ours = ownPath(path, "");
  if (ours) await keepCookie(cookieName, ours, maxAgeSeconds);
}

/** @returns the path that was remembered, and forgets it. To be called from a server action. */
export async function takeReturnTo(): Promise<string> {
  const path = ownPath(await findCookie(cookieName), "");
  if (path) await forgetCookie(cookieName);
  return path;
}
