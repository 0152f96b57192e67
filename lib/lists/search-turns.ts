import "server-only";
import { isEmbeddedDatabase } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";

/** A search may read every article. So many at once leave the database to the others. */
const maxAtOnce = isEmbeddedDatabase ? 1 : 2;
/** Beyond it a search would wait longer than a reader does. */
const maxWaiting = 30;

let running = 0;
const waiting: (() => void)[] = [];

/**
 * Runs a search, after those before it where several are running.
 *
 * @throws AppError common/unavailable, when many wait already.
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
