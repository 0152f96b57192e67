import "server-only";
import type { Route } from "next";
import { z } from "zod";
import { env } from "@/lib/config/env";
import { safeRedirectPath } from "@/lib/web/paths/safe-redirect-path";
import { sealedCookie } from "@/lib/web/sealed-cookies";

const daySeconds = 24 * 3600;

/**
 * The last request of this browser for a sign-in link, and where its user was going. It outlives the link by a day: the
 * page of an expired link offers to repeat the request.
 */
export const linkRequest = sealedCookie(
  "magic-link",
  z.object({ email: z.string(), invitationToken: z.string(), returnTo: z.string() }),
  () => env().MAGIC_LINK_TTL + daySeconds,
);

/** Deletes the request. Call it from a server action. @returns the path that its user was going to. */
export async function consumeLinkRequest(): Promise<Route | ""> {
  const request = await linkRequest.find();
  if (request) await linkRequest.clear();
  return safeRedirectPath(request?.returnTo, "");
}
