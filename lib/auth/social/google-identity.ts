import "server-only";
import { createRemoteJWKSet, type JWTVerifyGetKey, errors as joseErrors, jwtVerify } from "jose";
import { z } from "zod";
import { publicIssuers } from "@/lib/config/env";
import { AppError } from "@/lib/core/errors";
import { authorizationServerOf } from "./oauth-client";
import { normalizeIdentity, type SocialIdentity } from "./social-identity";
import { requireSocialSettings } from "./social-settings";

/** Signatures that need the provider's private key. An unsigned token, or one signed with a secret, is none. */
const algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"];

const claims = z.object({
  sub: z.string().min(1).max(255),
  email: z.string().optional(),
  email_verified: z.unknown(),
  name: z.string().optional(),
  picture: z.string().optional(),
});

/**
 * Reads a user's identity from an id token, after checking that Google wrote it, for us, and that it is still good.
 *
 * @param nonce what the token has to carry, where the request for it named one.
 * @throws AppError `auth/invalid-oauth-code` (401).
 * @see OpenID Connect Core 1.0, section 3.1.3.7; RFC 8725
 */
export async function googleIdentity(
  { idToken, nonce }: { idToken: string; nonce?: string },
  signal: AbortSignal,
): Promise<SocialIdentity> {
  const { clientId } = requireSocialSettings("google");
  const { issuer, jwks_uri } = await authorizationServerOf("google", signal);
  const payload = await jwtVerify(idToken, keysAt(z.string().parse(jwks_uri)), {
    algorithms,
    // Google itself writes its name either way.
    issuer: issuer === publicIssuers.google ? [issuer, "accounts.google.com"] : issuer,
    audience: clientId,
    requiredClaims: ["iat", "exp", "sub"],
  }).then((verified) => verified.payload, refuseToken);
  if (nonce !== undefined && payload.nonce !== nonce) throw new AppError("auth/invalid-oauth-code");

  const { sub, email, email_verified, name, picture } = claims.parse(payload);
  return normalizeIdentity({
    provider: "google",
    providerAccountId: sub,
    email,
    // Some servers write it as text.
    isEmailVouchedFor: email_verified === true || email_verified === "true",
    names: [name],
    image: picture,
  });
}

/** Key sets by address: `jose` keeps the keys, and asks for them again when a token names one that is new. */
const keySets = new Map<string, JWTVerifyGetKey>();

function keysAt(address: string): JWTVerifyGetKey {
  let keys = keySets.get(address);
  if (!keys) {
    keys = createRemoteJWKSet(new URL(address), { timeoutDuration: 3000 });
    keySets.set(address, keys);
  }
  return keys;
}

/** A token that is no good is the caller's fault, trouble in getting the keys the provider's. */
function refuseToken(error: unknown): never {
  const isProvidersFault =
    !(error instanceof joseErrors.JOSEError) ||
    error instanceof joseErrors.JWKSTimeout ||
    error instanceof joseErrors.JWKSInvalid ||
    // What `jose` calls a key server that answers with an error, or not in JSON.
    error.code === "ERR_JOSE_GENERIC";
  throw isProvidersFault ? error : new AppError("auth/invalid-oauth-code", { cause: error });
}
