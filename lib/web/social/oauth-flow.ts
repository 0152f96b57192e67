import "server-only";
import { z } from "zod";
import { requireSecondFactor } from "@/lib/auth/factors/second-factor";
import type { TokenPair } from "@/lib/auth/sessions/contract";
import type { CurrentUser } from "@/lib/auth/sessions/current-user";
import { reauthenticationPath } from "@/lib/auth/sessions/recent-authentication";
import { recordReauthenticationByAccount, requireAccountUser } from "@/lib/auth/social/account-user";
import { linkIdentity } from "@/lib/auth/social/linked-accounts";
import { resolveSocialUser } from "@/lib/auth/social/resolve-social-user";
import type { SocialIdentity } from "@/lib/auth/social/social-identity";
import { signInSocialUser } from "@/lib/auth/social/social-sign-in";
import type { Client } from "@/lib/core/client";
import { AppError, type ErrorCode } from "@/lib/core/errors";
import { log } from "@/lib/runtime/log";
import { socialProviders } from "@/lib/social-providers/social-providers";
import { safeRedirectPath } from "@/lib/web/paths/safe-redirect-path";
import { sealedCookie } from "@/lib/web/sealed-cookies";
import { pendingSignIn, secondFactorPath } from "@/lib/web/session/pending-sign-in";

/** The page where sign-in methods are added and removed. */
const signInMethodsPath = "/me/sign-in-methods";

const oauthFlowSchema = z.discriminatedUnion("purpose", [
  z.object({
    purpose: z.literal("sign-in"),
    provider: z.enum(socialProviders),
    invitationToken: z.string(),
    returnTo: z.string(),
  }),
  z.object({ purpose: z.literal("link"), provider: z.enum(socialProviders), sessionId: z.string() }),
  z.object({ purpose: z.literal("reauthenticate"), provider: z.enum(socialProviders), returnTo: z.string() }),
]);

/** Why a browser was redirected to a provider. */
export type OAuthFlow = z.output<typeof oauthFlowSchema>;

/** The latest flow of this browser. It lives as long as the state cookie of Auth.js. */
export const oauthFlow = sealedCookie("oauth-intent", oauthFlowSchema, () => 900);

/**
 * Completes the flow for the identity that the provider returned.
 *
 * @param user the user who is signed in in this browser.
 * @returns tokens to sign the browser in, or the path to redirect to: the present session continues, or the second factor
 *   is next.
 * @throws AppError as `resolveSocialUser` and `linkIdentity`; `auth/unauthorized` (401) if the user who wanted to link
 *   an account or to reauthenticate is no longer signed in; `auth/invalid-credentials` (401) if they reauthenticated as
 *   another user.
 */
export async function completeOAuthFlow(
  flow: OAuthFlow,
  identity: SocialIdentity,
  user: CurrentUser | null,
  client: Client,
): Promise<TokenPair | string> {
  if (flow.purpose === "link") {
    if (user?.sessionId !== flow.sessionId) throw new AppError("auth/unauthorized");
    await linkIdentity(identity, user, client);
    return oauthSuccessPath(flow);
  }
  if (flow.purpose === "reauthenticate") {
    if (!user) throw new AppError("auth/unauthorized");
    if (user.mfaEnabled) {
      const { provider, providerAccountId } = identity;
      const { sessionId } = user;
      const { returnTo } = flow;
      await pendingSignIn.save({ by: "reauthentication", sessionId, provider, providerAccountId, returnTo });
      return secondFactorPath;
    }
    if (!(await recordReauthenticationByAccount(user, identity)))
      throw new AppError("auth/invalid-credentials");
    log.info("auth.reauthenticated", { userId: user.id }, client);
    return oauthSuccessPath(flow);
  }
  // The text below the buttons says that continuing means agreeing to the terms.
  const consent = {
    termsAccepted: true,
    privacyAccepted: true,
    invitationToken: flow.invitationToken,
  } as const;
  const socialUser = await resolveSocialUser(identity, client, consent);
  const { id: userId, mfaEnabled } = await requireAccountUser(socialUser.accountId);
  if (mfaEnabled) {
    const { provider, returnTo } = flow;
    await pendingSignIn.save({ by: "provider", userId, provider, accountId: socialUser.accountId, returnTo });
    return secondFactorPath;
  }
  const secondFactor = await requireSecondFactor({ id: userId }, undefined, client);
  return signInSocialUser(flow.provider, socialUser, secondFactor, client);
}

/** @returns the path to redirect to after success. */
export function oauthSuccessPath(flow: OAuthFlow): string {
  if (flow.purpose !== "link") return safeRedirectPath(flow.returnTo, "/me");
  return `${signInMethodsPath}?${new URLSearchParams({ linked: flow.provider })}`;
}

/** @returns the path of the page that shows the error and lets the user try again. */
export function oauthErrorPath(flow: OAuthFlow | null, code: ErrorCode): string {
  if (code === "auth/reauthentication-required") return reauthenticationPath(signInMethodsPath);
  if (flow?.purpose === "link") return `${signInMethodsPath}?${new URLSearchParams({ error: code })}`;
  const returnTo = safeRedirectPath(flow?.returnTo, "");
  // The page redirects a user who is no longer signed in to sign-in.
  if (flow?.purpose === "reauthenticate") return `${reauthenticationPath(returnTo)}&error=${code}`;
  return `/signin?${new URLSearchParams({ error: code, ...(returnTo && { returnTo }) })}`;
}
