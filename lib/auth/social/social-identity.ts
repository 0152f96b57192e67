import "server-only";
import { env } from "@/lib/config/env";
import { isStorableText, label } from "@/lib/core/contract";
import { emailAddress, maxNameLength } from "@/lib/core/fields";
import { normalizeText } from "@/lib/runtime/normalize-text";
import { parseUrl } from "@/lib/runtime/parse-url";
import type { ProviderProfile } from "@/lib/social-providers/provider";
import type { SocialProvider } from "@/lib/social-providers/social-providers";

/** The user that a provider has identified. */
export type SocialIdentity = {
  provider: SocialProvider;
  /** Never changes at the provider, unlike the address and the name. */
  providerAccountId: string;
  /** Null if there is none that is valid for an account here. */
  email: string | null;
  /** Whether the provider has verified that the address is theirs. */
  isEmailVerified: boolean;
  name: string;
  image: string | null;
};

/** @returns the address that the provider vouches for, or null. */
export function vouchedEmailOf({ email, isEmailVerified }: SocialIdentity): string | null {
  return isEmailVerified ? email : null;
}

/** Normalizes the profile that a provider returns to the limits of this blog. */
export function normalizeIdentity(provider: SocialProvider, profile: ProviderProfile): SocialIdentity {
  const { providerAccountId, names, image } = profile;
  const email = emailAddress.safeParse(profile.email).data ?? null;
  const [mailbox = ""] = email?.split("@") ?? [];
  return {
    provider,
    providerAccountId,
    email,
    isEmailVerified: profile.isEmailVouchedFor && email !== null,
    name: [...names, mailbox].map(normalizeName).find(Boolean) ?? "",
    image: image && isPictureUrl(image) ? image : null,
  };
}

function normalizeName(name: string | null | undefined): string {
  const cut = [...normalizeText(name ?? "").trim()].slice(0, maxNameLength).join("");
  return label({ max: maxNameLength }).safeParse(cut).data ?? "";
}

function isPictureUrl(address: string): boolean {
  const url = address.length <= 2000 && isStorableText(address) ? parseUrl(address) : null;
  return url !== null && (url.protocol === "https:" || isOfLocalProvider(url));
}

/** @returns whether a URL is at a configured provider, which on this machine may have plain http. */
function isOfLocalProvider({ origin }: URL): boolean {
  return Object.values(env().providers).some(({ address }) => new URL(address).origin === origin);
}
