import "server-only";
import { EncryptJWT, errors as joseErrors, jwtDecrypt } from "jose";
import type { z } from "zod";
import { keyFor } from "@/lib/crypto/keys";
import { findCookie, setCookie } from "./cookies";

/**
 * Sets an encrypted and authenticated cookie: a browser can neither read nor change its content. Call it from a route
 * or a server action.
 */
export async function setSealedCookie(
  name: string,
  content: Record<string, unknown>,
  maxAgeSeconds: number,
): Promise<void> {
  const sealed = await new EncryptJWT(content)
    .setProtectedHeader({ alg: "dir", enc: "A256GCM" })
    .setAudience(name)
    .setExpirationTime(`${maxAgeSeconds}s`)
    .encrypt(keyFor("sealed-cookie"));
  await setCookie(name, sealed, maxAgeSeconds);
}

/** @returns the content and when it expires, or null for a missing, altered or expired cookie. */
export async function findSealedCookie<Content>(
  name: string,
  schema: z.ZodType<Content>,
): Promise<{ content: Content; expiresAt: Date } | null> {
  const sealed = await findCookie(name);
  if (!sealed) return null;
  const opened = await jwtDecrypt(sealed, keyFor("sealed-cookie"), {
    keyManagementAlgorithms: ["dir"],
    contentEncryptionAlgorithms: ["A256GCM"],
    audience: name,
    requiredClaims: ["exp"],
  }).catch((error: unknown) => {
    if (error instanceof joseErrors.JOSEError) return null;
    throw error;
  });
  const parsed = schema.safeParse(opened?.payload);
  return parsed.success
    ? { content: parsed.data, expiresAt: new Date(Number(opened?.payload.exp) * 1000) }
    : null;
}
