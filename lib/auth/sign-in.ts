import "server-only";
import { type Client, networkOf } from "@/lib/core/client";
import { Prisma, query } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { limit } from "@/lib/core/rate-limit";
import { log } from "@/lib/runtime/log";
import type { SignInInput } from "./contract";
import { logNameOf } from "./log-name";
import { verifyPassword } from "./passwords/passwords";
import { clearSignInFailures, signInFailureKey } from "./passwords/sign-in-failures";
import type { TokenPair } from "./sessions/contract";
import { startSession } from "./sessions/sessions";

/**
 * Signs a user in by email and password.
 *
 * @returns an access token that lives `ACCESS_TOKEN_TTL` seconds, and its refresh token.
 * @throws AppError `auth/invalid-credentials` (401) for an unknown address and a wrong password alike,
 *   `auth/account-banned` (403), `auth/too-many-requests` (429), `common/unavailable` (503).
 * @see bkend: authentication, email sign-in
 */
export async function signIn({ email, password }: SignInInput, client: Client): Promise<TokenPair> {
  const user = await findByEmail(email, client);
  const account = user?.id ?? logNameOf(email);
  // Counted as a failure until it succeeds: of many attempts at once, no more than the limit reach the hash.
  await limit("signInFailure", signInFailureKey(email, user?.isKnownClient ?? false), { account });

  const isRight = await verifyPassword(password, user?.passwordHash ?? null);
  if (!user || !isRight) throw new AppError("auth/invalid-credentials", { account });
  if (user.bannedAt) throw new AppError("auth/account-banned", { account });

  const tokens = await startSession(user, client);
  await clearSignInFailures(email);
  log.info("auth.signed-in", { userId: user.id, ip: client.ip, requestId: client.requestId });
  return tokens;
}

/** How long an address from which an account was signed in to counts apart from strangers. */
const knownClientDays = 90;

type FoundUser = { id: string; passwordHash: string | null; bannedAt: Date | null; isKnownClient: boolean };

async function findByEmail(email: string, { ip }: Client): Promise<FoundUser | undefined> {
  const [user] = await query<FoundUser>(Prisma.sql`
    SELECT u.id, u."passwordHash", u."bannedAt",
           EXISTS (SELECT FROM "Session" s
                    WHERE s."userId" = u.id AND s.network = ${networkOf(ip)}
                      AND s."createdAt" > now() - ${knownClientDays} * interval '1 day') AS "isKnownClient"
      FROM "User" u WHERE u.email = ${email}`);
  return user;
}
