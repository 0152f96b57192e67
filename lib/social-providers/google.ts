import { z } from "zod";
import type { OpenIdProvider } from "./provider";

const publicAddress = "https://accounts.google.com";

const claimsOfGoogle = z.object({
  sub: z.string().min(1).max(255),
  email: z.string().optional(),
  email_verified: z.unknown(),
  name: z.string().optional(),
  picture: z.string().optional(),
});

/** @see https://developers.google.com/identity/openid-connect/openid-connect */
export const google: OpenIdProvider = {
  type: "oidc",
  name: "Google",
  logo: "M8.25 7h6.25v1a6.5 6.5 0 1 1-1.904-4.596l-1.414 1.414A4.5 4.5 0 1 0 12.387 9H8.25z",
  address: publicAddress,
  addressSetting: "AUTH_GOOGLE_ISSUER",
  scope: "openid email profile",
  avatarHosts: /\.googleusercontent\.com$/,
  // Google itself uses both forms.
  issuersOf: (address) => [address, ...(address === publicAddress ? ["accounts.google.com"] : [])],
  profileOf: (claims) => {
    const { sub, email, email_verified, name, picture } = claimsOfGoogle.parse(claims);
    return {
      providerAccountId: sub,
      email,
      // Some servers return the boolean as text.
      isEmailVouchedFor: email_verified === true || email_verified === "true",
      names: [name],
      image: picture,
    };
  },
};
