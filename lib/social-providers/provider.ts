import type { JWTPayload } from "jose";

/** The profile of a user as the provider returns it, not validated yet. */
export type ProviderProfile = {
  /** Never changes, unlike the address and the name. */
  providerAccountId: string;
  email?: string | null;
  isEmailVouchedFor: boolean;
  /** Candidates: the first that is a valid name here is used. */
  names: (string | null | undefined)[];
  image?: string | null;
};

type CommonToProviders = {
  /** As the provider writes it. */
  name: string;
  /** The SVG path of its logo in a 16 × 16 view box, drawn in the color of the text. */
  logo: string;
  /** The URL of the provider, unless a setting names another server. */
  address: string;
  /** The setting that names another server. */
  addressSetting: string;
  /** The OAuth scopes, separated by spaces. */
  scope: string;
  /** The hosts of its users' avatars. */
  avatarHosts: RegExp;
  /** @returns the callback URLs to register at the provider, if that is not each redirect URI. */
  callbacksOf?: (appUrl: string) => string[];
};

/** An OpenID provider: publishes its endpoints, and signs an ID token that identifies the user. */
export type OpenIdProvider = CommonToProviders & {
  type: "oidc";
  /** @returns the issuers that its ID tokens may name. */
  issuersOf?: (address: string) => string[];
  /** @returns the profile of the user from the claims of a verified ID token. */
  profileOf: (claims: JWTPayload) => ProviderProfile;
};

export type OAuthEndpoints = { issuer: string; authorization: string; token: string; user: string };

/** A plain OAuth provider: has its own endpoints, and returns the user's profile for an access token. */
export type OAuthProvider = CommonToProviders & {
  type: "oauth";
  endpointsOf: (address: string) => OAuthEndpoints;
  /** Fetches the profile of the user for whom the access token was issued. */
  fetchProfile: (accessToken: string, address: string, signal: AbortSignal) => Promise<ProviderProfile>;
};

/**
 * A provider of social sign-in. Pages (by Auth.js), the API, settings, the content security policy, buttons and emails
 * read the same description.
 *
 * An `address` is the URL in the settings, without a trailing slash. The client's settings are `AUTH_<NAME>_ID` and
 * `AUTH_<NAME>_SECRET`.
 */
export type Provider = OpenIdProvider | OAuthProvider;
