import "server-only";
import type { Route } from "next";
import { z } from "zod";
import { env } from "@/lib/config/env";
import { deleteCookie } from "@/lib/web/cookies";
import { safeRedirectPath } from "@/lib/web/paths/safe-redirect-path";
import { findSealedCookie, setSealedCookie } from "@/lib/web/sealed-cookies";

const cookieName = "magic-link";

const linkRequest = z.object({ email: z.string(), returnTo: z.string() });

/** Remembers that this browser asked for a sign-in link, and where its user was going. */
export async function saveLinkRequest(request: z.output<typeof linkRequest>): Promise<void> {
  const returnTo = safeRedirectPath(request.returnTo, "");
  await setSealedCookie(cookieName, { email: request.email, returnTo }, env().MAGIC_LINK_TTL);
}

/** @returns the last sign-in link request of this browser, or null. */
export async function findLinkRequest(): Promise<z.output<typeof linkRequest> | null> {
  return (await findSealedCookie(cookieName, linkRequest))?.content ?? null;
}

/** Deletes the request. Call it from a server action. @returns the path that its user was going to. */
export async function consumeLinkRequest(): Promise<Route | ""> {
  const request = await findLinkRequest();
  if (request) await deleteCookie(cookieName);
  return safeRedirectPath(request?.returnTo, "");
}
