import "server-only";
import { z } from "zod";
import { requireSecondFactor } from "@/lib/auth/factors/second-factor";
import type { TokenPair } from "@/lib/auth/sessions/contract";
import type { CurrentUser } from "@/lib/auth/sessions/current-user";
import { renewProofByAccount } from "@/lib/auth/sessions/renew-proof";
import { requireMarkedPassword, signInByPassword } from "@/lib/auth/sign-in";
import { signInSocialUser } from "@/lib/auth/social/social-sign-in";
import type { Client } from "@/lib/core/client";
import { AppError } from "@/lib/core/errors";
import { log } from "@/lib/runtime/log";
import { socialProviders } from "@/lib/social-providers/social-providers";
import { deleteCookie } from "@/lib/web/cookies";
import { findSealedCookie, setSealedCookie } from "@/lib/web/sealed-cookies";

/** The page that asks for the second factor. */
export const secondFactorPath = "/signin/second-factor";

const cookieName = "pending-sign-in";
const lifeSeconds = 600;

const returnTo = z.string();
const provider = z.enum(socialProviders);

const pendingSignIn = z.discriminatedUnion("by", [
  z.object({ by: z.literal("password"), userId: z.string(), passwordMark: z.string(), returnTo }),
  z.object({ by: z.literal("provider"), userId: z.string(), provider, accountId: z.string(), returnTo }),
  z.object({
    by: z.literal("reauthentication"),
    sessionId: z.string(),
    provider,
    providerAccountId: z.string(),
    returnTo,
  }),
]);

/** A first factor that was proved in this browser, whose second is still to come. */
export type PendingSignIn = z.output<typeof pendingSignIn>;

/** Keeps it in this browser for ten minutes, sealed. To be called from a route or a server action. */
export async function savePendingSignIn(pending: PendingSignIn): Promise<void> {
  await setSealedCookie(cookieName, pending, lifeSeconds);
}

/** @returns what waits for the second factor in this browser, or null. */
export async function findPendingSignIn(): Promise<PendingSignIn | null> {
  return (await findSealedCookie(cookieName, pendingSignIn))?.content ?? null;
}

/** Forgets it. To be called from a route or a server action. */
export async function clearPendingSignIn(): Promise<void> {
  await deleteCookie(cookieName);
}

/**
 * Asks for the second factor and does what waited for it.
 *
 * @param user who is signed in in this browser.
 * @returns tokens to sign the browser in with; null where the session that there is goes on.
 * @throws AppError as `requireSecondFactor`; `auth/invalid-credentials` (401) where the first factor is not valid any more.
 */
export async function completePendingSignIn(
  pending: PendingSignIn,
  code: string,
  user: CurrentUser | null,
  client: Client,
): Promise<TokenPair | null> {
  if (pending.by === "password") {
    const proved = await requireMarkedPassword(pending.userId, pending.passwordMark);
    return signInByPassword(proved, code, client);
  }
  if (pending.by === "provider") {
    const secondFactor = await requireSecondFactor({ id: pending.userId }, code, client);
    return signInSocialUser(pending.provider, { ...pending, isNewUser: false }, secondFactor, client);
  }
  if (user?.sessionId !== pending.sessionId) throw new AppError("auth/unauthorized");
  await requireSecondFactor(user, code, client);
  if (!(await renewProofByAccount(user, pending))) throw new AppError("auth/invalid-credentials");
  log.info("auth.reauthenticated", { userId: user.id, ip: client.ip, requestId: client.requestId });
  return null;
}
