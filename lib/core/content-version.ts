import "server-only";
import { Prisma, query } from "./db";

let current: Promise<unknown> = Promise.resolve();
let next: Promise<string> | undefined;

/**
 * Reads the version of all content that guests can see. Calls that arrive during a query share the next query, never
 * the one in flight, which may have read the database before a write that the caller must see.
 *
 * @returns a text that changes with every write, and when a scheduled article appears.
 */
export function readContentVersion(): Promise<string> {
  next ??= current
    .catch(() => {})
    .then(() => {
      next = undefined;
      const version = queryVersion();
      current = version;
      return version;
    });
  return next;
}

/** Each write increases the sum; each scheduled article that appears decreases the count of those still to come. */
async function queryVersion(): Promise<string> {
  const [row] = await query<{ version: string }>(Prisma.sql`
    SELECT concat((SELECT sum(version) FROM "ContentVersion"), ':',
                  (SELECT count(*) FROM "Article" WHERE "isPublished" AND "publishedAt" > now())) AS version`);
  return row?.version ?? "";
}
