import "server-only";
import { EncryptJWT, errors as joseErrors, jwtDecrypt } from "jose";
import type { z } from "zod";
import { keyFor } from "@/lib/crypto/keys";
import { deleteCookie, findCookie, setCookie } from "./cookies";

/**
 * Describes an encrypted and authenticated cookie: a browser can neither read nor change its content.
 *
 * @param lifeSeconds after which the content is no longer accepted, whatever the browser does with the cookie. A function,
 *   since settings cannot be read while modules load.
 * @returns functions that save, find and clear it; call `save` and `clear` from a route or a server action.
 */
export function sealedCookie<Content extends Record<string, unknown>>(
  name: string,
  schema: z.ZodType<Content>,
  lifeSeconds: () => number,
) {
  return {
    async save(content: Content): Promise<void> {
      const sealed = await new EncryptJWT(content)
        .setProtectedHeader({ alg: "dir", enc: "A256GCM" })
        .setAudience(name)
        .setExpirationTime(`${lifeSeconds()}s`)
        .encrypt(keyFor("sealed-cookie"));
      await setCookie(name, sealed, lifeSeconds());
    },

    /** @returns null for a missing, altered or expired cookie. */
    async find(): Promise<Content | null> {
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
      return schema.safeParse(opened?.payload).data ?? null;
    },

    clear: () => deleteCookie(name),
  };
}
