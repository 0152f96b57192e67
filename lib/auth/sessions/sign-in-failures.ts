import "server-only";
import { type Client, networkOf } from "@/lib/core/client";
import { db, Prisma } from "@/lib/core/db";
import { clearFailures } from "@/lib/core/rate-limit";

/** How long failures from a network that has signed in to the account count apart from others. */
const knownClientDays = 90;

/** SQL: whether the user in row `u` has signed in from the client's network before. */
export function isKnownClient({ ip }: Client): Prisma.Sql {
  return Prisma.sql`EXISTS (
    SELECT FROM "Session" s
     WHERE s."userId" = u.id AND s.network = ${networkOf(ip)}
       AND s."createdAt" > now() - ${knownClientDays} * interval '1 day')`;
}

/**
 * The key by which failures to sign in are counted. Networks that have recently signed in to the account count apart,
 * so that attackers cannot lock out its owner.
 */
export function signInFailureKey(email: string, isKnownClient: boolean): string {
  return isKnownClient ? `known ${email}` : email;
}

/** Clears the failures of the account that a condition selects. Call it after a sign-in without a password. */
export async function clearFailuresOfUser(where: Prisma.UserWhereInput): Promise<void> {
  const user = await db.user.findFirst({ where, select: { email: true } });
  if (user) await clearSignInFailures(user.email);
}

/** Clears the failures to sign in to an account, wrong passwords and wrong codes alike. */
export async function clearSignInFailures(email: string): Promise<void> {
  await Promise.all(
    [true, false].map((isKnown) => clearFailures("signInFailure", signInFailureKey(email, isKnown))),
  );
}
