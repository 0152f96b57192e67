import { randomUUID } from "node:crypto";
import { describe, expect, inject, test } from "vitest";
import { guest } from "@/lib/testing/caller";
import { queryDatabase } from "@/lib/testing/database/query-database";
import { newEmail } from "@/lib/testing/people";

/** One account per try: after three emails an hour to one address, a request does less work. */
const tries = 200;

async function newAccounts(isVerified: boolean): Promise<string[]> {
  const emails = Array.from({ length: tries }, newEmail);
  await queryDatabase(
    `INSERT INTO "User" (id, email, name, "emailVerified", "updatedAt")
     SELECT gen_random_uuid()::text, email, '홍길동', CASE WHEN $2 THEN now() END, now() FROM unnest($1::text[]) AS email`,
    emails,
    isVerified,
  );
  return emails;
}

/** Times two requests in a row, as from one client: the one that sends an email, and the next one. */
async function measure(
  path: string,
  email: string,
  fields: object = {},
): Promise<{ request: number; next: number }> {
  const visitor = guest();
  const startedAt = performance.now();
  await visitor.post(path, { ...fields, email });
  const respondedAt = performance.now();
  await visitor.get(`/v1/data/articles/${randomUUID()}`);
  return { request: respondedAt - startedAt, next: performance.now() - respondedAt };
}

const byLink = { method: "magiclink", callbackUrl: `${inject("appUrl")}/magic-link` };

function median(numbers: number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}

/**
 * Compares times that were measured in pairs. The bound is widened by the uncertainty of the difference, which is small
 * unless other programs keep the machine busy; both are medians, so that single slow requests do not count.
 */
function expectSimilar(known: number[], unknown: number[]) {
  const differences = known.map((time, index) => time - (unknown[index] ?? 0));
  const difference = median(differences);
  const deviation = 1.48 * median(differences.map((one) => Math.abs(one - difference)));
  const standardError = (1.25 * deviation) / Math.sqrt(differences.length);
  const bound = Math.max(2, 0.1 * median(known)) + 4 * standardError;
  expect(Math.abs(difference), `the median difference in ms, of ${median(known)} ms`).toBeLessThan(bound);
}

describe("response times do not reveal who has an account", () => {
  test.each([
    ["password/reset/request", "/v1/auth/password/reset/request", true],
    ["password/reset/request for an unverified address", "/v1/auth/password/reset/request", false],
    ["signup/email/resend", "/v1/auth/signup/email/resend", false],
    ["email/verify/send", "/v1/auth/email/verify/send", false],
    ["email/verify/resend", "/v1/auth/email/verify/resend", false],
    ["email/signin by a link", "/v1/auth/email/signin", true, byLink],
    ["email/signup by a link", "/v1/auth/email/signup", false, byLink],
  ] as [string, string, boolean, object?][])(
    "at %s, nor at the next request",
    { timeout: 120_000 },
    async (_, path, isVerified, fields = {}) => {
      const accounts = await newAccounts(isVerified);
      const known: Awaited<ReturnType<typeof measure>>[] = [];
      const unknown: typeof known = [];
      for (const [index, account] of accounts.entries()) {
        // Alternate the order, so that background work of one kind does not always slow down the other.
        const pair = [
          async () => known.push(await measure(path, account, fields)),
          async () => unknown.push(await measure(path, newEmail(), fields)),
        ];
        for (const ask of index % 2 === 0 ? pair : pair.reverse()) await ask();
      }
      for (const part of ["request", "next"] as const) {
        expectSimilar(
          known.map((times) => times[part]),
          unknown.map((times) => times[part]),
        );
      }
    },
  );
});
