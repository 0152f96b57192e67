import "server-only";
import { type JWTPayload, errors as joseErrors, jwtVerify, SignJWT } from "jose";
import { validate as isUuid } from "uuid";
import { env } from "@/lib/config/env";
import { AppError } from "@/lib/core/errors";
import { keyFor } from "@/lib/crypto/keys";
import { once } from "@/lib/runtime/once";

/** The user and the session that an access token identifies. */
export type AccessClaims = { userId: string; sessionId: string };

const header = { alg: "HS256", typ: "at+jwt" } as const;

/**
 * Issues an access token for a session.
 *
 * @returns a JWT that is valid for `ACCESS_TOKEN_TTL` seconds and identifies its user by ID only.
 * @see RFC 9068, RFC 8725
 */
export async function issueAccessToken({ userId, sessionId }: AccessClaims): Promise<string> {
  const { APP_URL, PROJECT_ID, ACCESS_TOKEN_TTL } = env();
  const nowSeconds = Math.floor(Date.now() / 1000);
  return new SignJWT({ sid: sessionId })
    .setProtectedHeader(header)
    .setIssuer(APP_URL)
    .setAudience(PROJECT_ID)
    .setSubject(userId)
    .setIssuedAt(nowSeconds)
    .setExpirationTime(nowSeconds + ACCESS_TOKEN_TTL)
    .setJti(crypto.randomUUID())
    .sign(await signingKey());
}

/**
 * Verifies an access token. The caller checks that its session is still active.
 *
 * @throws AppError `auth/token-expired` (401), `auth/invalid-token` (401).
 */
export async function verifyAccessToken(token: string): Promise<AccessClaims> {
  const { APP_URL, PROJECT_ID } = env();
  try {
    requireCanonicalSignature(token);
    const { payload } = await jwtVerify(token, await signingKey(), {
      algorithms: [header.alg],
      typ: header.typ,
      issuer: APP_URL,
      audience: PROJECT_ID,
      requiredClaims: ["sub", "sid", "iat", "exp", "jti"],
    });
    return claimsOf(payload);
  } catch (error) {
    throw new AppError(error instanceof joseErrors.JWTExpired ? "auth/token-expired" : "auth/invalid-token", {
      cause: error,
    });
  }
}

/** The last character of a signature has spare bits, which decoders ignore: four texts would be the same token. */
function requireCanonicalSignature(token: string): void {
  const signature = token.slice(token.lastIndexOf(".") + 1);
  if (Buffer.from(signature, "base64url").toString("base64url") !== signature)
    throw new Error("altered signature");
}

function claimsOf({ sub, sid, iat, exp }: JWTPayload): AccessClaims {
  if (!sub || typeof sid !== "string" || !isUuid(sid)) throw new Error("not a session's token");
  // No token is valid for longer than those issued here, whatever its expiry says.
  if (iat === undefined || exp === undefined || exp - iat > env().ACCESS_TOKEN_TTL)
    throw new Error("lives too long");
  return { userId: sub, sessionId: sid };
}

/** Imported once: jose would import a raw key again for each token. */
const signingKey = once(() =>
  crypto.subtle.importKey(
    "raw",
    new Uint8Array(keyFor("access-token")),
    { name: "HMAC", hash: "SHA-256" },
    false,
    ["sign", "verify"],
  ),
);
