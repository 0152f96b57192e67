import "server-only";
import { z } from "zod";
import { requireSecondFactor } from "@/lib/auth/factors/second-factor";
import type { TokenPair } from "@/lib/auth/sessions/contract";
import { requireMarkedPassword, signInByPassword } from "@/lib/auth/sign-in";
import { recordReauthenticationByAccount } from "@/lib/auth/social/account-user";
import { signInSocialUser } from "@/lib/auth/social/social-sign-in";
import type { Client } from "@/lib/core/client";
import { AppError } from "@/lib/core/errors";
import { log } from "@/lib/runtime/log";
import { socialProviders } from "@/lib/social-providers/social-providers";
import { sealedCookie } from "@/lib/web/sealed-cookies";
import { getCurrentUser } from "./browser-session";

/** The page that asks for the second factor. */
export const secondFactorPath = "/signin/second-factor";

const returnTo = z.string();
const provider = z.enum(socialProviders); // part: social-sign-in

const pendingSignInSchema = z.discriminatedUnion("by", [
  z.object({ by: z.literal("password"), userId: z.string(), passwordMark: z.string(), returnTo }),
  // part: social-sign-in
  z.object({ by: z.literal("provider"), userId: z.string(), provider, accountId: z.string(), returnTo }),
  z.object({
    by: z.literal("reauthentication"),
    sessionId: z.string(),
    provider,
    providerAccountId: z.string(),
    returnTo,
  }),
  // end of part: social-sign-in
]);

export type PendingSignIn = z.output<typeof pendingSignInSchema>;

/** A sign-in that has passed the first factor in this browser and waits ten minutes for the second. */
export const pendingSignIn = sealedCookie("pending-sign-in", pendingSignInSchema, () => 600);

/**
 * Verifies the second factor and completes the sign-in.
 *
 * @returns tokens to sign the browser in; null if the present session continues.
 * @throws AppError as `requireSecondFactor`; `auth/invalid-credentials` (401) if the first factor is no longer valid.
 */
export async function completePendingSignIn(
  pending: PendingSignIn,
  code: string,
  client: Client,
): Promise<TokenPair | null> {
  // part: social-sign-in
  if (pending.by === "provider") {
    const secondFactor = await requireSecondFactor({ id: pending.userId }, code, client);
    return signInSocialUser(pending.provider, { ...pending, isNewUser: false }, secondFactor, client);
  }
  if (pending.by === "reauthentication") {
    const user = await getCurrentUser();
    if (user?.sessionId !== pending.sessionId) throw new AppError("auth/unauthorized");
    await requireSecondFactor(user, code, client);
    if (!(await recordReauthenticationByAccount(user, pending)))
      throw new AppError("auth/invalid-credentials");
    log.info("auth.reauthenticated", { userId: user.id }, client);
    return null;
  }
  // end of part: social-sign-in
  const proved = await requireMarkedPassword(pending.userId, pending.passwordMark);
  return signInByPassword(proved, code, client);
}
