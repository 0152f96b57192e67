import "server-only";
import { Prisma, query } from "./db";

type Waiter = { resolve: (version: string) => void; reject: (error: unknown) => void };

let waiting: Waiter[] = [];
let isReading = false;

/**
 * Reads the version of all content that guests can see. Calls that arrive during a query share the next query, never
 * the one in flight, which may have read the database before a write that the caller must see.
 *
 * @returns a text that changes with every write, and when a scheduled article appears.
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
      const version = await queryVersion();
      for (const { resolve } of waiters) resolve(version);
    } catch (error) {
      for (const { reject } of waiters) reject(error);
    }
  }
  isReading = false;
}

/** Each write increases the sum; each scheduled article that appears decreases the count of those still to come. */
async function queryVersion(): Promise<string> {
  const [row] = await query<{ version: string }>(Prisma.sql`
    SELECT concat((SELECT sum(version) FROM "ContentVersion"), ':',
                  (SELECT count(*) FROM "Article" WHERE "isPublished" AND "publishedAt" > now())) AS version`);
  return row?.version ?? "";
}
