import "server-only";
import { Prisma, type Transaction } from "@/lib/db";
import { ApiError } from "@/lib/http/errors";

/**
 * Keeps tags from being deleted until the transaction that is about to name them is over. To be called before
 * the article is written: whoever deletes a tag takes the two in this order, and the other one is a deadlock.
 *
 * @returns those of the ids that no tag has.
 */
export async function holdTags(ids: readonly string[], tx: Transaction): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const held = await tx.$queryRaw<{ id: string }[]>(
    Prisma.sql`SELECT id FROM "Tag" WHERE id IN (${Prisma.join(ids)}) ORDER BY id FOR KEY SHARE`,
  );
  const known = new Set(held.map(({ id }) => id));
  return new Set(ids.filter((id) => !known.has(id)));
}

/**
 * Refuses an article whose tags do not all exist.
 *
 * @param unknown the ids that no tag has.
 * @throws ApiError `data/validation-error` (400) that names each of them by its place.
 */
export function refuseUnknownTags(ids: readonly string[], unknown: ReadonlySet<string>): void {
  if (unknown.size === 0) return;
  const problems = ids.flatMap((id, index) =>
    unknown.has(id) ? [{ path: `tags.${index}`, message: "unknownTag" } as const] : [],
  );
  throw new ApiError("data/validation-error", { problems });
}
