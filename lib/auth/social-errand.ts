import "server-only";
import { z } from "zod";
import { forgetCookie } from "@/lib/cookies";
import type { Client } from "@/lib/http/client";
import { ApiError, type ErrorCode } from "@/lib/http/errors";
import { log } from "@/lib/log";
import { admitVisitor } from "./admit-visitor";
import type { TokenPair } from "./contract";
import { reauthenticationPath } from "./fresh-proof";
import type { CurrentUser } from "./guard";
import { linkIdentity } from "./linked-accounts";
import { ownPath } from "./return-to";
import { findSealed, keepSealed } from "./sealed-cookies";
import { renewProofByAccount } from "./sessions";
import { type SocialProvider, socialProviders } from "./social-contract";
import type { SocialIdentity } from "./social-identity";
import { openSocialSession } from "./social-sign-in";

/** As long as Auth.js keeps its own state. */
const errandSeconds = 900;

const cookieName = "errand";

/** Where ways to sign in are added and taken off. */
export const signInMethodsPath = "/me/sign-in-methods";

const errand = z.discriminatedUnion("purpose", [
  z.object({ purpose: z.literal("sign-in"), provider: z.enum(socialProviders), returnTo: z.string() }),
  z.object({ purpose: z.literal("link"), provider: z.enum(socialProviders), sessionId: z.string() }),
  z.object({ purpose: z.literal("reauthenticate"), provider: z.enum(socialProviders), returnTo: z.string() }),
]);

/** What a browser was sent to a provider for, by a button of a page. */
export type Errand = z.output<typeof errand>;

/** Keeps it in this browser. The last button that was pressed counts. */
export async function keepErrand(begun: Errand): Promise<void> {
  await keepSealed(cookieName, begun, errandSeconds);
}

/** @returns what this browser was sent to a provider for, or null. */
export async function findErrand(provider: SocialProvider): Promise<Errand | null> {
  const content = (await findSealed(cookieName, errand))?.content;
  return content?.provider === provider ? content : null;
}

/** Forgets it, whatever came of it. */
export async function forgetErrand(): Promise<void> {
  await forgetCookie(cookieName);
}

/**
 * Does what the browser was sent for, now that the provider has said who it is.
 *
 * @param user who is signed in in this browser.
 * @returns tokens to sign it in with; null where the session that there is goes on.
 * @throws ApiError as `admitVisitor` and `linkIdentity`; `auth/unauthorized` (401) where whoever wanted to link an
 *   account, or to prove who they are, is not signed in any more; `auth/invalid-credentials` (401) where they proved to
 *   be another.
 */
export async function runErrand(
  errand: Errand,
  identity: SocialIdentity,
  user: CurrentUser | null,
  client: Client,
): Promise<TokenPair | null> {
  if (errand.purpose === "link") {
    if (user?.sessionId !== errand.sessionId) throw new ApiError("auth/unauthorized");
    await linkIdentity(identity, user, client);
    return null;
  }
  if (errand.purpose === "reauthenticate") {
    if (!user) throw new ApiError("auth/unauthorized");
    if (!(await renewProofByAccount(user, identity))) throw new ApiError("auth/invalid-credentials");
    log.info("auth.reauthenticated", { userId: user.id, ip: client.ip, requestId: client.requestId });
    return null;
  }
  // The page says beside the button that going on means agreeing.
  const agreements = { termsAccepted: true, privacyAccepted: true } as const;
  const arrival = await admitVisitor(identity, client, agreements);
  return openSocialSession(errand.provider, arrival, client);
}

/** @returns the path to go on to when all went well. */
export function errandDestination(errand: Errand): string {
  if (errand.purpose !== "link") return ownPath(errand.returnTo, "/me");
  return `${signInMethodsPath}?${new URLSearchParams({ linked: errand.provider })}`;
}

/** @returns the path at which somebody is told why not, and can try again. */
export function errandRefusal(errand: Errand | null, code: ErrorCode): string {
  if (code === "auth/reauthentication-required") return reauthenticationPath(signInMethodsPath);
  if (errand?.purpose === "link") return `${signInMethodsPath}?${new URLSearchParams({ error: code })}`;
  const returnTo = ownPath(errand?.returnTo, "");
  // The page leads a user who is not signed in any more to sign-in.
  if (errand?.purpose === "reauthenticate") return `${reauthenticationPath(returnTo)}&error=${code}`;
  return `/signin?${new URLSearchParams({ error: code, ...(returnTo && { returnTo }) })}`;
}
