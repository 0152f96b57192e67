import "server-only";
import { decodeJwt } from "jose";
import { Prisma, query } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { hashSecret } from "@/lib/crypto/hash-secret";

/**
 * Uses an id token up: of many callers at once a single one succeeds.
 *
 * @param idToken one whose signature and claims were checked.
 * @throws AppError `auth/invalid-oauth-code` (401).
 */
export async function consumeIdToken(idToken: string): Promise<void> {
  // Not to the second: the clocks of this process and of the database may differ.
  await query(Prisma.sql`DELETE FROM "UsedIdToken" WHERE "expiresAt" < now() - interval '1 hour'`);
  // What was signed, without the signature, which may have other spellings that are valid too.
  const signed = idToken.slice(0, idToken.lastIndexOf("."));
  const used = await query(Prisma.sql`
    INSERT INTO "UsedIdToken" ("tokenHash", "expiresAt")
    VALUES (${hashSecret(signed)}, to_timestamp(${decodeJwt(idToken).exp}::float8))
        ON CONFLICT DO NOTHING
    RETURNING "tokenHash"`);
  if (used.length === 0) throw new AppError("auth/invalid-oauth-code");
}
