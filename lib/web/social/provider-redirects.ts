import "server-only";
import type { NextRequest } from "next/server";
import { z } from "zod";
import { verifyAccessToken } from "@/lib/auth/sessions/access-tokens";
import { endSession } from "@/lib/auth/sessions/sessions";
import { requireSocialSettings } from "@/lib/auth/social/social-settings";
import { env } from "@/lib/config/env";
import { AppError, isErrorCode } from "@/lib/core/errors";
import { toAppError } from "@/lib/core/log-error";
import { limit } from "@/lib/core/rate-limit";
import { log } from "@/lib/runtime/log";
import type { SocialProvider } from "@/lib/social-providers/social-providers";
import { authjs, readCookie } from "@/lib/web/session/authjs";
import { currentClient, getCurrentUser, syncLocale } from "@/lib/web/session/browser-session";
import { secondFactorPath } from "@/lib/web/session/pending-sign-in";
import { type CompleteSignIn, socialConfigOf } from "./authjs-social";
import { completeOAuthFlow, type OAuthFlow, oauthErrorPath, oauthFlow, oauthSuccessPath } from "./oauth-flow";

/** The URL of another site: `redirect` accepts only a string with a protocol or a path of this site. */
const webAddress = z.templateLiteral([z.enum(["https", "http"]), "://", z.string()]);

/** Logs the error. @returns the path of the page that shows it. */
async function rejectOAuthFlow(flow: OAuthFlow | null, thrown: unknown): Promise<string> {
  const error = toAppError(thrown);
  const { requestId, ip } = await currentClient();
  const event = { code: error.code, requestId, ip };
  if (error.status >= 500) log.error("auth.social-failed", thrown, event);
  else log.warn("auth.social-refused", event);
  return oauthErrorPath(flow, error.code);
}

/**
 * Starts an OAuth flow in this browser. Call it from a server action.
 *
 * @returns the authorization URL of the provider.
 * @throws AppError `auth/oauth-not-configured` (400), `auth/oauth-callback-failed` (500).
 */
export async function startOAuthFlow(flow: OAuthFlow): Promise<z.output<typeof webAddress>> {
  requireSocialSettings(flow.provider);
  const successPath = oauthSuccessPath(flow);
  const address = webAddress.parse(
    await authjs(socialConfigOf()).signIn(flow.provider, { redirectTo: successPath, redirect: false }),
  );
  // If the provider is unavailable, Auth.js redirects to its error page.
  if (new URL(address).origin === env().APP_URL) throw new AppError("auth/oauth-callback-failed");
  await oauthFlow.save(flow);
  return address;
}

/**
 * Handles the OAuth callback: redirects the browser to the target of its flow, or to a page that shows the error. A new
 * sign-in ends the previous session of the browser.
 */
export async function handleOAuthCallback(provider: SocialProvider, request: NextRequest): Promise<Response> {
  const found = await oauthFlow.find();
  const flow = found?.provider === provider ? found : null;
  const previous = await readCookie();
  try {
    await limit("request", (await currentClient()).ip);
    const response = await authjs(socialConfigOf(completion(flow))).handlers.GET(request);
    const location = z.url().parse(response.headers.get("location"));
    const error = new URL(location).searchParams.get("error");
    // Our own error, which `completion` returned, or none.
    if (error === null || isErrorCode(error)) {
      const isSignedIn = error === null && new URL(location).pathname !== secondFactorPath;
      if (isSignedIn && flow?.purpose === "sign-in" && previous) await endSession(previous.sessionId);
      return response;
    }
    const isCancelled = request.nextUrl.searchParams.get("error") === "access_denied";
    throw new AppError(isCancelled ? "auth/oauth-cancelled" : "auth/oauth-callback-failed");
  } catch (error) {
    return redirectTo(await rejectOAuthFlow(flow, error));
  } finally {
    await oauthFlow.clear();
  }
}

/** Runs once Auth.js has verified that the browser returns from its own flow. */
function completion(flow: OAuthFlow | null): CompleteSignIn {
  return async (identify) => {
    try {
      if (!flow) throw new AppError("auth/oauth-callback-failed");
      const [user, client] = [await getCurrentUser(), await currentClient()];
      const outcome = await completeOAuthFlow(flow, await identify(), user, client);
      if (typeof outcome !== "string")
        await syncLocale((await verifyAccessToken(outcome.accessToken)).userId);
      return outcome;
    } catch (error) {
      return rejectOAuthFlow(flow, error);
    }
  };
}

function redirectTo(path: string): Response {
  return new Response(null, { status: 302, headers: { Location: env().APP_URL + path } });
}
