import "server-only";
import { env } from "@/lib/config/env";
import { AppError } from "@/lib/core/errors";
import { type SocialProvider, socialProviders } from "@/lib/social-providers/social-providers";

/** The client id and secret of this site at a provider, and the provider's URL. */
export type SocialSettings = { clientId: string; clientSecret: string; address: string };

/** @returns the providers that users can sign in with. */
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
  const { clientId, clientSecret, address } = env().providers[provider];
  return clientId && clientSecret ? { clientId, clientSecret, address } : null;
}
