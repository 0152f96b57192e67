import "server-only";
import { isEmbeddedDatabase } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";

/** How many searches run at once: each may read every article, and other requests need the database too. */
const maxAtOnce = isEmbeddedDatabase ? 1 : 2;
/** How many searches wait: beyond that a search would take longer than a reader waits. */
const maxWaiting = 30;

let running = 0;
const waiting: (() => void)[] = [];

/**
 * Runs a search, after earlier ones if too many are running.
 *
 * @throws AppError `common/unavailable` (503) when too many wait already.
 */
export async function searchInTurn<Result>(search: () => Promise<Result>): Promise<Result> {
  if (running >= maxAtOnce) {
    if (waiting.length >= maxWaiting) {
      const cause = new Error("Too many searches at once.");
      throw new AppError("common/unavailable", { retryAfterSeconds: 2, cause });
    }
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else {
    running += 1;
  }
  try {
    return await search();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}
