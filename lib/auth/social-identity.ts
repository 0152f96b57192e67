import "server-only";
import { env } from "@/lib/env";
import { isStorableText, label } from "@/lib/http/contract";
import { emailAddress, maxNameLength } from "./contract";
import type { SocialProvider } from "./social-contract";

/** Whom a provider says that it has before it, in our terms. */
export type SocialIdentity = {
  provider: SocialProvider;
  /** Stays the same whatever else changes there. */
  providerAccountId: string;
  /** Null where there is none that an account here could have. */
  email: string | null;
  /** Whether the provider has made sure that the address is theirs. */
  isEmailVouchedFor: boolean;
  name: string;
  image: string | null;
};

/** @returns the address that the provider vouches for, or null. */
export function vouchedEmailOf({ email, isEmailVouchedFor }: SocialIdentity): string | null {
  return isEmailVouchedFor ? email : null;
}

/** What a provider tells, in its own words. */
type Told = {
  provider: SocialProvider;
  providerAccountId: string;
  email?: string | null;
  isEmailVouchedFor: boolean;
  /** The first that is fit to stand beside an article is taken. */
  names: (string | null | undefined)[];
  image?: string | null;
};

/** Takes what a provider tells of somebody into the bounds that hold for everybody here. */
export function boundIdentity({ email, names, image, ...told }: Told): SocialIdentity {
  const ourEmail = emailAddress.safeParse(email).data ?? null;
  const [mailbox = ""] = ourEmail?.split("@") ?? [];
  return {
    ...told,
    email: ourEmail,
    isEmailVouchedFor: told.isEmailVouchedFor && ourEmail !== null,
    name: [...names, mailbox].map(boundName).find(Boolean) ?? "",
    image: image && isPictureAddress(image) ? image : null,
  };
}

function boundName(name: string | null | undefined): string {
  const cut = [...(name ?? "").normalize("NFC").trim()].slice(0, maxNameLength).join("");
  return label({ max: maxNameLength }).safeParse(cut).data ?? "";
}

function isPictureAddress(address: string): boolean {
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
