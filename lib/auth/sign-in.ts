import "server-only";
import { db } from "@/lib/db";
import type { Client } from "@/lib/http/client";
import { ApiError } from "@/lib/http/errors";
import { forgive, limit } from "@/lib/http/rate-limit";
import { log } from "@/lib/log";
import type { SignInInput, TokenPair } from "./contract";
import { verifyPassword } from "./passwords";
import { startSession } from "./sessions";

/**
 * Signs somebody in by email and password.
 *
 * @returns an access token that lives `ACCESS_TOKEN_TTL` seconds, and its refresh token.
 * @throws ApiError `auth/invalid-credentials` (401) for an unknown address and a wrong password alike,
 *   `auth/account-banned` (403), `auth/too-many-requests` (429), `common/unavailable` (503).
 * @see bkend: authentication, email sign-in
 */
export async function signIn({ email, password }: SignInInput, client: Client): Promise<TokenPair> {
  // Counted as a failure until it succeeds: of many attempts at once, no more than the limit reach the hash.
  await limit("signInFailure", email);

  const user = await db.user.findUnique({
    where: { email },
    select: { id: true, passwordHash: true, bannedAt: true },
  });
  const isRight = await verifyPassword(password, user?.passwordHash ?? null);
  if (!user || !isRight) throw new ApiError("auth/invalid-credentials");
  if (user.bannedAt) throw new ApiError("auth/account-banned");

  const tokens = await startSession(user, client);
  await forgive("signInFailure", email);
  log.info("auth.signed-in", { userId: user.id, ip: client.ip, requestId: client.requestId });
  return tokens;
}
