import "server-only";
import { env } from "@/lib/config/env";
import { AppError } from "@/lib/core/errors";
import { type SocialProvider, socialProviders } from "./contract";

/** How this blog is known at a provider. */
export type SocialSettings = { clientId: string; clientSecret: string };

/** @returns the providers that one can sign in with here. */
export function configuredProviders(): SocialProvider[] {
  return socialProviders.filter((provider) => findSocialSettings(provider) !== null);
}

/** @throws AppError `auth/oauth-not-configured` (400). */
export function requireSocialSettings(provider: SocialProvider): SocialSettings {
  const settings = findSocialSettings(provider);
  if (!settings) throw new AppError("auth/oauth-not-configured");
  return settings;
}

function findSocialSettings(provider: SocialProvider): SocialSettings | null {
  const { AUTH_GOOGLE_ID, AUTH_GOOGLE_SECRET, AUTH_GITHUB_ID, AUTH_GITHUB_SECRET } = env();
  const [clientId, clientSecret] = {
    google: [AUTH_GOOGLE_ID, AUTH_GOOGLE_SECRET],
    github: [AUTH_GITHUB_ID, AUTH_GITHUB_SECRET],
  }[provider];
  return clientId && clientSecret ? { clientId, clientSecret } : null;
}
