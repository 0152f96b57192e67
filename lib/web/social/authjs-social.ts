import "server-only";
import { PrismaAdapter } from "@auth/prisma-adapter";
import { customFetch } from "next-auth";
import type { Adapter } from "next-auth/adapters";
import type { Provider } from "next-auth/providers";
import { verifyAccessToken } from "@/lib/auth/sessions/access-tokens";
import type { TokenPair } from "@/lib/auth/sessions/contract";
import { callProvider, providerTimeoutMs } from "@/lib/auth/social/oauth-client";
import type { SocialIdentity } from "@/lib/auth/social/social-identity";
import { configuredProviders, requireSocialSettings } from "@/lib/auth/social/social-settings";
import { identifyByTokens } from "@/lib/auth/social/social-sign-in";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { providers, socialProviders } from "@/lib/social-providers/social-providers";
import type { AuthjsCall, AuthjsExtension } from "@/lib/web/session/authjs";

/** What the callbacks of one request share. */
type SocialCall = { identity?: SocialIdentity };

/**
 * Completes what a browser went to a provider for.
 *
 * @returns tokens to sign the browser in with, or the path to redirect it to without.
 */
export type CompleteSignIn = (identify: () => Promise<SocialIdentity>) => Promise<TokenPair | string>;

/** For calls that no provider takes part in. */
const noSignIn: CompleteSignIn = async () => {
  throw new AppError("auth/oauth-callback-failed");
};

/**
 * Adds the providers to Auth.js. `completeSignIn` resolves the user with the function that the API calls, too. By the
 * time Auth.js asks its adapter for the account it exists, and the adapter only reads.
 */
export function socialConfigOf(
  completeSignIn: CompleteSignIn = noSignIn,
): (call: AuthjsCall) => AuthjsExtension {
  return (call) => {
    const social: SocialCall = {};
    return {
      adapter: readOnlyAdapter,
      providers: socialProvidersFor(social),
      callbacks: {
        signIn: async ({ account }) => {
          const provider = socialProviders.find((name) => name === account?.provider);
          if (!provider) return true;
          const idToken = account?.id_token;
          // Auth.js trusts the connection on which an ID token came; here its signature is verified as well.
          const identify = async () =>
            social.identity ??
            callProvider((signal) => identifyByTokens(provider, { accessToken: "", idToken }, signal));
          const outcome = await completeSignIn(identify);
          if (typeof outcome === "string") return outcome;
          const { accessToken } = outcome;
          call.session = { ...(await verifyAccessToken(accessToken)), accessToken };
          return true;
        },
      },
    };
  };
}

/** Describes the providers of `lib/social-providers` to Auth.js. */
function socialProvidersFor(call: SocialCall): Provider[] {
  const deadline = AbortSignal.timeout(providerTimeoutMs);
  const options = {
    client: { token_endpoint_auth_method: "client_secret_post" },
    [customFetch]: (...[input, init]: Parameters<typeof fetch>) =>
      fetch(input, { ...init, signal: deadline }),
  };
  return configuredProviders().map((id) => {
    const { clientId, clientSecret, address } = requireSocialSettings(id);
    const definition = providers[id];
    const shared = { id, name: providers[id].name, clientId, clientSecret, options };
    const params = { scope: definition.scope };
    if (definition.type === "oidc") {
      return {
        ...shared,
        type: definition.type,
        issuer: address,
        authorization: { params },
        checks: ["pkce", "state", "nonce"],
      };
    }
    const { issuer, authorization, token, user } = definition.endpointsOf(address);
    return {
      ...shared,
      type: definition.type,
      issuer,
      authorization: { url: authorization, params },
      token,
      checks: ["pkce", "state"],
      userinfo: {
        url: user,
        // By itself, Auth.js would not ask whether the address is verified.
        request: async ({ tokens }: { tokens: { access_token?: string } }) => {
          const accessToken = tokens.access_token ?? "";
          call.identity = await callProvider((signal) =>
            identifyByTokens(id, { accessToken, idToken: undefined }, signal),
          );
          return call.identity;
        },
      },
      profile: () => ({ id: call.identity?.providerAccountId }),
    };
  });
}

/** Auth.js finds the account that `signIn` resolved. It creates and links none by itself. */
const readOnlyAdapter: Adapter = {
  // The generated client has all methods that the adapter calls, under another type.
  getUserByAccount: PrismaAdapter(db as unknown as Parameters<typeof PrismaAdapter>[0]).getUserByAccount,
};
