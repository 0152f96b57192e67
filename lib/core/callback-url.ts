import { z } from "zod";
import { env } from "@/lib/config/env";
import { parseUrl } from "@/lib/runtime/parse-url";
import { AppError } from "./errors";

/**
 * A URL to redirect a browser to: absolute, and on the site's own origin or one of `CALLBACK_URL_ORIGINS`. The raw text
 * must begin with that origin, since browsers normalize many malformed URLs to another origin.
 */
export const callbackUrl = z
  .string("auth/invalid-callback-url")
  .max(2000, "auth/invalid-callback-url")
  .refine(isAllowed, "auth/invalid-callback-url")
  .meta({
    format: "uri",
    description: "The URL to return to: on this site or on an origin in `CALLBACK_URL_ORIGINS`.",
  });

/**
 * Makes sure that a browser may be redirected to a URL.
 *
 * @param field the caller's name for it.
 * @throws AppError `auth/invalid-callback-url` (400), also where it is missing.
 */
export function requireCallbackUrl(address: string | undefined, field = "callbackUrl"): string {
  const result = callbackUrl.safeParse(address);
  if (result.success) return result.data;
  throw new AppError("auth/invalid-callback-url", {
    problems: [{ path: field, message: "auth/invalid-callback-url" }],
  });
}

/** Adds query parameters to a URL, and leaves its existing query unchanged. */
export function withParameters(address: string, parameters: Record<string, string>): string {
  const url = new URL(address);
  url.search += `${url.search ? "&" : "?"}${new URLSearchParams(parameters)}`;
  return url.href;
}

function isAllowed(address: string): boolean {
  // Printable ASCII only: no spaces, line breaks or backslashes, which browsers drop or turn into slashes.
  const url = /^[\x21-\x5b\x5d-\x7e]+$/.test(address) ? parseUrl(address) : null;
  if (!url) return false;
  const { origin, username, password } = url;
  const origins = [env().APP_URL, ...(env().CALLBACK_URL_ORIGINS ?? [])];
  const rest = address.slice(origin.length);
  return (
    origins.includes(origin) &&
    address.startsWith(origin) &&
    (rest === "" || /^[/?#]/.test(rest)) &&
    username === "" &&
    password === ""
  );
}
