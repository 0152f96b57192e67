import "server-only";
import { cookies } from "next/headers";
import { env } from "@/lib/config/env";

/**
 * Keeps something in this browser for a while, out of reach of scripts. To be called from a route or a server action.
 *
 * @param name as this site calls it.
 */
export async function setCookie(name: string, value: string, maxAgeSeconds: number): Promise<void> {
  (await cookies()).set(fullCookieName(name), value, { ...cookieOptions(), maxAge: maxAgeSeconds });
}

/** @returns what is kept in this browser by that name; its text is unchecked. */
export async function findCookie(name: string): Promise<string | undefined> {
  return (await cookies()).get(fullCookieName(name))?.value;
}

/** Takes it away. To be called from a route or a server action. */
export async function deleteCookie(name: string): Promise<void> {
  (await cookies()).delete({ name: fullCookieName(name), ...cookieOptions() });
}

/** Lax, since mails and the sites of providers lead back here by a link. */
function cookieOptions() {
  return { httpOnly: true, sameSite: "lax", secure: env().isHttps, path: "/" } as const;
}

/** Under https the name itself makes the browser insist on how the cookie was set: by this very host, and by https. */
export function fullCookieName(name: string): string {
  return env().isHttps ? `__Host-${name}` : name;
}
