import "server-only";
import {
  createRemoteJWKSet,
  decodeJwt,
  type JWTPayload,
  type JWTVerifyGetKey,
  errors as joseErrors,
  jwtVerify,
} from "jose";
import { z } from "zod";
import { Prisma, query } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { hashSecret } from "@/lib/crypto/secrets";
import type { OpenIdProvider } from "@/lib/social-providers/provider";
import type { SocialProvider } from "@/lib/social-providers/social-providers";
import { authorizationServerOf } from "./oauth-client";
import { requireSocialSettings } from "./social-settings";

/** Signatures by the provider's private key: neither `none` nor a shared secret. */
const algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"];

/**
 * Checks that an ID token was signed by its provider, for this site, and has not expired.
 *
 * @param nonce the nonce of the request, if it had one, which the token must contain.
 * @returns its claims.
 * @throws AppError `auth/invalid-oauth-code` (401).
 * @see OpenID Connect Core 1.0, section 3.1.3.7; RFC 8725
 */
export async function verifyIdToken(
  provider: SocialProvider,
  { issuersOf }: OpenIdProvider,
  { idToken, nonce }: { idToken: string; nonce?: string },
  signal: AbortSignal,
): Promise<JWTPayload> {
  const { clientId } = requireSocialSettings(provider);
  const { issuer, jwks_uri } = await authorizationServerOf(provider, signal);
  const payload = await jwtVerify(idToken, keysAt(z.string().parse(jwks_uri)), {
    algorithms,
    issuer: issuersOf?.(issuer) ?? issuer,
    audience: clientId,
    requiredClaims: ["iat", "exp", "sub"],
  }).then((verified) => verified.payload, rejectToken);
  if (nonce !== undefined && payload.nonce !== nonce) throw new AppError("auth/invalid-oauth-code");
  return payload;
}

/** Key sets by URL: `jose` caches the keys, and fetches them again when a token names a new one. */
const keySets = new Map<string, JWTVerifyGetKey>();

function keysAt(address: string): JWTVerifyGetKey {
  let keys = keySets.get(address);
  if (!keys) {
    keys = createRemoteJWKSet(new URL(address), { timeoutDuration: 3000 });
    keySets.set(address, keys);
  }
  return keys;
}

/** An invalid token is the caller's fault, a failure to fetch the keys the provider's. */
function rejectToken(error: unknown): never {
  const isProvidersFault =
    !(error instanceof joseErrors.JOSEError) ||
    error instanceof joseErrors.JWKSTimeout ||
    error instanceof joseErrors.JWKSInvalid ||
    // The code of `jose` for a key server that responds with an error, or not in JSON.
    error.code === "ERR_JOSE_GENERIC";
  throw isProvidersFault ? error : new AppError("auth/invalid-oauth-code", { cause: error });
}

/**
 * Consumes an ID token: of many concurrent callers one succeeds.
 *
 * @param idToken a verified ID token.
 * @throws AppError `auth/invalid-oauth-code` (401).
 */
export async function consumeIdToken(idToken: string): Promise<void> {
  // The signed part without the signature, which may have other valid encodings.
  const signed = idToken.slice(0, idToken.lastIndexOf("."));
  const used = await query(Prisma.sql`
    INSERT INTO "UsedIdToken" ("tokenHash", "expiresAt")
    VALUES (${hashSecret(signed)}, to_timestamp(${decodeJwt(idToken).exp}::float8))
        ON CONFLICT DO NOTHING
    RETURNING "tokenHash"`);
  if (used.length === 0) throw new AppError("auth/invalid-oauth-code");
}
