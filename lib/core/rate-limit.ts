import "server-only";
import { createHash } from "node:crypto";
import type { QueryResult } from "pg";
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { env } from "@/lib/config/env";
import { networkOf } from "./client";
import { pool } from "./db";
import { AppError, type ErrorCode } from "./errors";

type Policy = { points: number; seconds: number; code: ErrorCode };

const minutes = 60;
const hours = 60 * minutes;

/** Every rate limit of the server: how many points in how many seconds, counted from the first call. */
const policies = {
  /** Enough for any honest client, and a ceiling for the others. By client address. */
  request: { points: 600, seconds: minutes, code: "common/too-many-requests" },
  /** No user opens twenty accounts in an hour; a household behind one address may open a few. By client address. */
  signUp: { points: 20, seconds: hours, code: "auth/too-many-requests" },
  /** Guessing the passwords of many accounts from one client address. */
  signIn: { points: 100, seconds: 15 * minutes, code: "auth/too-many-requests" },
  /** Guessing the password of one account from many addresses. Failures, by email and apart for known clients. */
  signInFailure: { points: 10, seconds: 15 * minutes, code: "auth/too-many-requests" },
  /** Guessing the password of an account while signed in to it. Failures, by session. */
  currentPassword: { points: 10, seconds: 15 * minutes, code: "auth/too-many-requests" },
  /** Email that any client can have sent to any address. By client address. */
  mail: { points: 30, seconds: hours, code: "auth/too-many-requests" },
  /** The same, by kind and recipient: enough for forgetful users, too little to flood a mailbox. */
  mailAccount: { points: 3, seconds: hours, code: "auth/too-many-requests" },
  // part: share-cards
  /** Share cards of articles: each takes a tenth of a second of CPU time. By client address. */
  card: { points: 60, seconds: minutes, code: "common/too-many-requests" },
  // end of part: share-cards
  /** Articles that an author writes. By account. */
  article: { points: 60, seconds: hours, code: "common/too-many-requests" },
  /** A client that refreshes once a second is broken. By session. */
  refresh: { points: 60, seconds: minutes, code: "auth/too-many-requests" },
} as const satisfies Record<string, Policy>;

/** @returns how many points a request costs: a search reads more of the database than others. */
export function requestPoints({ searchParams }: URL): number {
  return searchParams.getAll("search").some(Boolean) ? 5 : 1;
}

/** The quota for the text of all articles of one author, in bytes of UTF-8. */
export const textQuotaBytes = 50 * 1024 * 1024;

export type PolicyName = keyof typeof policies;

/** Policies by client address: the entry points apply them before they read the input. */
export type AddressPolicyName =
  | "request"
  | "signUp"
  | "signIn"
  | "card" // part: share-cards
  | "mail";

const limiters = new Map<PolicyName, RateLimiterPostgres>();

/**
 * Counts a call against a limit.
 *
 * @param who the address, account or session that the policy counts by.
 * @param options.points how many points the call costs.
 * @param options.account for the log, where the policy counts by account.
 * @throws AppError with the policy's code (429) and the seconds after which to try again.
 */
export async function limit(
  name: PolicyName,
  who: string,
  { points = 1, account }: { points?: number; account?: string } = {},
): Promise<void> {
  if (!env().RATE_LIMITS) return;
  try {
    await limiterOf(name).consume(keyOf(who), points);
  } catch (rejected) {
    if (!(rejected instanceof RateLimiterRes)) throw rejected;
    throw new AppError(policies[name].code, {
      retryAfterSeconds: Math.max(1, Math.ceil(rejected.msBeforeNext / 1000)),
      ...(account !== undefined && { account }),
    });
  }
}

/**
 * Counts a call against a limit that is not disclosed: a caller beyond it gets the same response.
 *
 * @returns whether the call is within the limit.
 */
export async function isWithinLimit(name: PolicyName, who: string): Promise<boolean> {
  try {
    await limit(name, who);
    return true;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}

/**
 * Makes an attempt that counts as a failure: of many concurrent ones, no more than the limit are made. One that throws,
 * such as a 503, has neither failed nor succeeded, and does not count. After a success the caller clears the failures.
 *
 * @throws AppError as `limit`, without making the attempt.
 */
export async function limitFailures<Result>(
  name: PolicyName,
  who: string,
  account: string,
  attempt: () => Promise<Result>,
): Promise<Result> {
  await limit(name, who, { account });
  try {
    return await attempt();
  } catch (error) {
    await uncount(name, who);
    throw error;
  }
}

/** @returns whether another call would be within the limit; it counts nothing. */
export async function hasRoom(name: PolicyName, who: string): Promise<boolean> {
  if (!env().RATE_LIMITS) return true;
  const counted = await limiterOf(name).get(keyOf(who));
  return counted === null || counted.remainingPoints > 0;
}

/** Takes back one counted call, which turned out not to be a failure. */
export async function uncount(name: PolicyName, who: string): Promise<void> {
  if (env().RATE_LIMITS) await limiterOf(name).reward(keyOf(who), 1);
}

/** Resets a count, as a successful sign-in does with the failures before it. */
export async function clearFailures(name: PolicyName, who: string): Promise<void> {
  if (env().RATE_LIMITS) await limiterOf(name).delete(keyOf(who));
}

function limiterOf(name: PolicyName): RateLimiterPostgres {
  let limiter = limiters.get(name);
  if (!limiter) {
    const { points, seconds: duration } = policies[name];
    const keyPrefix = name;
    limiter = new RateLimiterPostgres({
      storeClient: { query: queryWithoutName },
      storeType: "pool",
      tableName: "RateLimit",
      tableCreated: true,
      keyPrefix,
      points,
      duration,
      // A blocked client costs no more queries. Other counts may be reset by another instance, so they are not cached.
      ...(name === "request" && { inMemoryBlockOnConsumed: points }),
      // While the database is unreachable, each instance counts its own requests.
      insuranceLimiter: new RateLimiterMemory({ keyPrefix, points, duration }),
    });
    limiters.set(name, limiter);
  }
  return limiter;
}

/**
 * The limiter names its statements, and PostgreSQL keeps named ones in the session: behind a connection pooler in
 * transaction mode they fail, and each instance would count by itself.
 */
function queryWithoutName({ text, values }: { text: string; values: unknown[] }): Promise<QueryResult> {
  return pool.query(text, values);
}

/** Hashed: keys stay short whatever the input, and the table contains no addresses. IPv6 counts by network. */
function keyOf(who: string): string {
  return createHash("sha256").update(networkOf(who)).digest("base64url");
}
