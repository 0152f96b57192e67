import type { JWTPayload } from "jose";

/** What a provider returns about a user. Nothing of it is validated yet. */
export type ProviderProfile = {
  /** Never changes, unlike the address and the name. */
  providerAccountId: string;
  email?: string | null;
  isEmailVouchedFor: boolean;
  /** The first that is a valid name here is taken. */
  names: (string | null | undefined)[];
  image?: string | null;
};

type CommonToProviders = {
  /** As the provider writes it. */
  name: string;
  /** The path of its logo in a square of 16, drawn in the color of the text. */
  logo: string;
  /** Where users have their accounts, unless a setting names another server. */
  address: string;
  /** The setting that names another server. */
  addressSetting: string;
  /** What the user is asked to share, separated by spaces. */
  scope: string;
  /** The hosts of its users' avatars. */
  avatarHosts: RegExp;
  /** @returns the callback addresses to register there, where that is not each redirect URI. */
  callbacksOf?: (appUrl: string) => string[];
};

/** It publishes its endpoints, and signs an ID token that identifies the user. */
export type OpenIdProvider = CommonToProviders & {
  type: "oidc";
  /** @returns the issuers that its ID tokens may name. */
  issuersOf?: (address: string) => string[];
  /** @returns the profile of the user, by the claims of an ID token whose signature was checked. */
  profileOf: (claims: JWTPayload) => ProviderProfile;
};

export type OAuthEndpoints = { issuer: string; authorization: string; token: string; user: string };

/** It has endpoints of its own, and returns the profile of the user for an access token. */
export type OAuthProvider = CommonToProviders & {
  type: "oauth";
  endpointsOf: (address: string) => OAuthEndpoints;
  /** Fetches the profile of the user for whom the access token was issued. */
  fetchProfile: (accessToken: string, address: string, signal: AbortSignal) => Promise<ProviderProfile>;
};

/**
 * A provider of social sign-in. Pages (by Auth.js), the API, settings, the content security policy, buttons and mails
 * read the same description.
 *
 * An `address` is the one in the settings, without a slash at its end. The client's settings are `AUTH_<NAME>_ID` and
 * `AUTH_<NAME>_SECRET`.
 */
export type Provider = OpenIdProvider | OAuthProvider;
