import "server-only";
import { env } from "@/lib/config/env";
import { isStorableText, label } from "@/lib/core/contract";
import { emailAddress, maxNameLength } from "@/lib/core/fields";
import type { SocialProvider } from "./contract";

/** Whom a provider says that it has before it, in our terms. */
export type SocialIdentity = {
  provider: SocialProvider;
  /** Stays the same whatever else changes there. */
  providerAccountId: string;
  /** Null where there is none that an account here could have. */
  email: string | null;
  /** Whether the provider has made sure that the address is theirs. */
  isEmailVerified: boolean;
  name: string;
  image: string | null;
};

/** @returns the address that the provider vouches for, or null. */
export function vouchedEmailOf({ email, isEmailVerified }: SocialIdentity): string | null {
  return isEmailVerified ? email : null;
}

/** What a provider tells, in its own words. */
type ProviderProfile = {
  provider: SocialProvider;
  providerAccountId: string;
  email?: string | null;
  isEmailVouchedFor: boolean;
  /** The first that is fit to stand beside an article is taken. */
  names: (string | null | undefined)[];
  image?: string | null;
};

/** Normalizes the profile that a provider returns to the limits of this blog. */
export function normalizeIdentity({ email, names, image, ...told }: ProviderProfile): SocialIdentity {
  const ourEmail = emailAddress.safeParse(email).data ?? null;
  const [mailbox = ""] = ourEmail?.split("@") ?? [];
  return {
    ...told,
    email: ourEmail,
    isEmailVerified: told.isEmailVouchedFor && ourEmail !== null,
    name: [...names, mailbox].map(normalizeName).find(Boolean) ?? "",
    image: image && isPictureUrl(image) ? image : null,
  };
}

function normalizeName(name: string | null | undefined): string {
  const cut = [...(name ?? "").normalize("NFC").trim()].slice(0, maxNameLength).join("");
  return label({ max: maxNameLength }).safeParse(cut).data ?? "";
}

function isPictureUrl(address: string): boolean {
  return (
    address.length <= 2000 &&
    isStorableText(address) &&
    URL.canParse(address) &&
    (new URL(address).protocol === "https:" || isOfLocalProvider(new URL(address)))
  );
}

/** A provider on this machine, which the settings allow to be without https. */
function isOfLocalProvider({ origin }: URL): boolean {
  const { AUTH_GOOGLE_ISSUER, AUTH_GITHUB_URL } = env();
  return [AUTH_GOOGLE_ISSUER, AUTH_GITHUB_URL].some((address) => new URL(address).origin === origin);
}
