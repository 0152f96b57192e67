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

/** The state that the callbacks of one request share. */
type SocialCall = { identity?: SocialIdentity };

/**
 * Completes an OAuth flow once the browser returns from the provider.
 *
 * @returns tokens to sign the browser in, or a path to redirect it to without signing in.
 */
export type CompleteSignIn = (identify: () => Promise<SocialIdentity>) => Promise<TokenPair | string>;

/** For calls that do not complete an OAuth flow. */
const noSignIn: CompleteSignIn = async () => {
  throw new AppError("auth/oauth-callback-failed");
};

/**
 * Adds the providers to Auth.js. `completeSignIn` resolves the user by the same function as the API. When Auth.js
 * queries its adapter for the account, it already exists, so the adapter only reads.
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
          // Auth.js trusts the connection that an ID token came over; this verifies its signature as well.
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
        // By default, Auth.js would not check whether the email address is verified.
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

/** Auth.js finds the account that `signIn` resolved. It does not create or link accounts itself. */
const readOnlyAdapter: Adapter = {
  // The generated client has all methods that the adapter calls, but a different type.
  getUserByAccount: PrismaAdapter(db as unknown as Parameters<typeof PrismaAdapter>[0]).getUserByAccount,
};
