import "server-only";
import { cookies } from "next/headers";
import { env } from "@/lib/config/env";

/**
 * Sets an HttpOnly cookie. Call it from a route or a server action.
 *
 * @param name without the prefix that https adds.
 */
export async function setCookie(name: string, value: string, maxAgeSeconds: number): Promise<void> {
  (await cookies()).set(fullCookieName(name), value, { ...cookieOptions(), maxAge: maxAgeSeconds });
}

/** @returns the value of a cookie, unchecked. */
export async function findCookie(name: string): Promise<string | undefined> {
  return (await cookies()).get(fullCookieName(name))?.value;
}

/** Deletes a cookie. Call it from a route or a server action. */
export async function deleteCookie(name: string): Promise<void> {
  (await cookies()).delete({ name: fullCookieName(name), ...cookieOptions() });
}

/** Lax, since links in emails and the redirects of providers lead back to this site. */
function cookieOptions() {
  return { httpOnly: true, sameSite: "lax", secure: env().isHttps, path: "/" } as const;
}

/** The prefix makes browsers accept the cookie only from this host and over https. */
export function fullCookieName(name: string): string {
  return env().isHttps ? `__Host-${name}` : name;
}
