import "server-only";
import { Prisma, query } from "./db";

type Waiter = { resolve: (version: string) => void; reject: (error: unknown) => void };

let waiting: Waiter[] = [];
let isReading = false;

/**
 * Reads the version of all that guests can see. Calls that arrive while the database is being asked share the next
 * question, never the one under way, which may have been answered before a write that the caller must see.
 *
 * @returns a text that differs after every write, and once a scheduled article appears.
 */
export function readContentVersion(): Promise<string> {
  return new Promise((resolve, reject) => {
    waiting.push({ resolve, reject });
    if (!isReading) void readForWaiters();
  });
}

async function readForWaiters(): Promise<void> {
  isReading = true;
  while (waiting.length > 0) {
    const waiters = waiting;
    waiting = [];
    try {
      const version = await askDatabase();
      for (const { resolve } of waiters) resolve(version);
    } catch (error) {
      for (const { reject } of waiters) reject(error);
    }
  }
  isReading = false;
}

/** Each write adds to the sum; each scheduled article whose time comes leaves the number of those that wait. */
async function askDatabase(): Promise<string> {
  const [row] = await query<{ version: string }>(Prisma.sql`
    SELECT concat((SELECT sum(version) FROM "ContentVersion"), ':',
                  (SELECT count(*) FROM "Article" WHERE "isPublished" AND "publishedAt" > now())) AS version`);
  return row?.version ?? "";
}
