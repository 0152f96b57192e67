import "server-only";
import { Prisma, query, type Transaction } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";

/**
 * Locks tags against deletion until the end of the transaction that refers to them. Call it before the article is
 * written: deleting a tag locks tag and article in this order, and the reverse order could deadlock.
 *
 * @returns the ids without a tag.
 */
export async function lockTags(ids: readonly string[], tx: Transaction): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const locked = await tx.$queryRaw<{ id: string }[]>(
    Prisma.sql`SELECT id FROM "Tag" WHERE id IN (${Prisma.join(ids)}) ORDER BY id FOR KEY SHARE`,
  );
  return without(ids, locked);
}

/** @returns the ids without a tag. */
export async function findUnknownTags(ids: readonly string[]): Promise<Set<string>> {
  const known = await query<{ id: string }>(Prisma.sql`SELECT id FROM "Tag" WHERE id = ANY(${ids}::text[])`);
  return without(ids, known);
}

/**
 * The error for an article whose tags do not all exist.
 *
 * @param unknown the ids without a tag.
 * @returns AppError `data/validation-error` (400) that names each of them by its index.
 */
export function unknownTagsError(ids: readonly string[], unknown: ReadonlySet<string>): AppError {
  const problems = ids.flatMap((id, index) =>
    unknown.has(id) ? [{ path: `tags.${index}`, message: "unknownTag" } as const] : [],
  );
  return new AppError("data/validation-error", { problems });
}

function without(ids: readonly string[], rows: { id: string }[]): Set<string> {
  const known = new Set(rows.map(({ id }) => id));
  return new Set(ids.filter((id) => !known.has(id)));
}
