import "server-only";
import type { Client } from "@/lib/core/client";
import { db, Prisma, query } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { limitFailures, uncount } from "@/lib/core/rate-limit";
import { equalSecrets, macOf } from "@/lib/crypto/secrets";
import { log } from "@/lib/runtime/log";
import type { SignInInput } from "./contract";
import { requireSecondFactor } from "./factors/second-factor";
import { logNameOf } from "./log-name";
import { verifyPassword } from "./passwords/passwords";
import type { TokenPair } from "./sessions/contract";
import { clearSignInFailures, isKnownClient, signInFailureKey } from "./sessions/sign-in-failures";
import { startSession } from "./sessions/start-session";

/**
 * Signs a user in by email and password, and by a second factor where that is on.
 *
 * @returns an access token that lives `ACCESS_TOKEN_TTL` seconds, and its refresh token.
 * @throws AppError as `requirePassword` and `requireSecondFactor`.
 * @see bkend: authentication, email sign-in
 */
export async function signIn({ mfaCode, ...input }: SignInInput, client: Client): Promise<TokenPair> {
  return signInByPassword(await requirePassword(input, client), mfaCode, client);
}

/** A user whose password was just verified. */
export type PasswordProof = { id: string; email: string; passwordHash: string | null; mfaEnabled: boolean };

/**
 * Verifies email and password, the first factor.
 *
 * @throws AppError `auth/invalid-credentials` (401) for an unknown address and a wrong password alike,
 *   `auth/account-banned` (403), `auth/too-many-requests` (429), `common/unavailable` (503).
 */
export async function requirePassword(
  { email, password }: Pick<SignInInput, "email" | "password">,
  client: Client,
): Promise<PasswordProof> {
  const user = await findByEmail(email, client);
  const account = user?.id ?? logNameOf(email);
  const failureKey = signInFailureKey(email, user?.isKnown ?? false);
  const isPasswordCorrect = await limitFailures("signInFailure", failureKey, account, () =>
    verifyPassword(password, user?.passwordHash ?? null),
  );
  if (!user || !isPasswordCorrect) throw new AppError("auth/invalid-credentials", { account });
  if (user.bannedAt) throw new AppError("auth/account-banned", { account });
  // Earlier failures are cleared only after the second factor: an attacker with the password would guess codes.
  if (user.mfaEnabled) await uncount("signInFailure", failureKey);
  return user;
}

/**
 * Requires the second factor of a user whose password was verified, and opens a session.
 *
 * @throws AppError as `requireSecondFactor`, and `auth/invalid-credentials` (401) where the password or the second factor
 *   has changed or the user was banned meanwhile.
 */
export async function signInByPassword(
  user: PasswordProof,
  mfaCode: string | undefined,
  client: Client,
): Promise<TokenPair> {
  const { mfaEnabledAt } = await requireSecondFactor(user, mfaCode, client);
  const tokens = await db.$transaction(async (tx) => {
    // FOR SHARE waits for a password change in flight and then reads its outcome.
    const unchanged = await tx.$queryRaw<unknown[]>(Prisma.sql`
      SELECT id FROM "User"
       WHERE id = ${user.id} AND "passwordHash" IS NOT DISTINCT FROM ${user.passwordHash} AND "bannedAt" IS NULL
         AND "mfaEnabledAt" IS NOT DISTINCT FROM ${mfaEnabledAt}::timestamptz FOR SHARE`);
    if (unchanged.length === 0) throw new AppError("auth/invalid-credentials");
    return startSession(user.id, client, tx);
  });
  await clearSignInFailures(user.email);
  log.info("auth.signed-in", { userId: user.id }, client);
  return tokens;
}

/** @returns a mark of a verified password, for the browser during the second step. It changes with the password. */
export function passwordMark({ id, passwordHash }: Pick<PasswordProof, "id" | "passwordHash">): string {
  return macOf("password-mark", `${id}\n${passwordHash}`);
}

/**
 * Looks up the user of a mark.
 *
 * @throws AppError `auth/invalid-credentials` (401) where the password has changed, `auth/account-banned` (403).
 */
export async function requireMarkedPassword(id: string, mark: string): Promise<PasswordProof> {
  const user = await db.user.findUnique({
    where: { id },
    select: { id: true, email: true, passwordHash: true, mfaEnabledAt: true, bannedAt: true },
  });
  if (!user || !equalSecrets(mark, passwordMark(user))) throw new AppError("auth/invalid-credentials");
  if (user.bannedAt) throw new AppError("auth/account-banned", { account: id });
  return { ...user, mfaEnabled: user.mfaEnabledAt !== null };
}

type FoundUser = PasswordProof & { bannedAt: Date | null; isKnown: boolean };

async function findByEmail(email: string, client: Client): Promise<FoundUser | undefined> {
  const [user] = await query<FoundUser>(Prisma.sql`
    SELECT u.id, u.email, u."passwordHash", u."bannedAt", u."mfaEnabledAt" IS NOT NULL AS "mfaEnabled",
           ${isKnownClient(client)} AS "isKnown"
      FROM "User" u WHERE u.email = ${email}`);
  return user;
}
