import "server-only";
import { cookies } from "next/headers";
import { env } from "@/lib/env";
import { ownPath } from "./return-to";

const maxAgeSeconds = 3600;

/**
 * Remembers where somebody was going who has to read a mail first: the link in it cannot say.
 * To be called from a server action.
 */
export async function keepReturnTo(path: string): Promise<void> {
  const ours = ownPath(path, "");
  if (!ours) return;
  (await cookies()).set(cookieName(), ours, {
    httpOnly: true,
    sameSite: "lax",
    secure: isHttps(),
    path: "/",
    maxAge: maxAgeSeconds,
  });
}

/** @returns the path that was remembered, and forgets it. To be called from a server action. */
export async function takeReturnTo(): Promise<string> {
  const store = await cookies();
  const path = ownPath(store.get(cookieName())?.value, "");
  if (path) store.delete({ name: cookieName(), secure: isHttps(), path: "/" });
  return path;
}

function cookieName(): string {
  return isHttps() ? "__Host-return-to" : "return-to";
}

function isHttps(): boolean {
  return env().APP_URL.startsWith("https:");
}
