import "server-only";
import type { Actor } from "@/lib/access/actor";
import { Prisma, query } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { requireChangeable } from "./require-changeable";

/**
 * Says why no row was changed.
 *
 * @param options.unchangedSince the version that was to be changed, where only that one was.
 * @throws AppError `data/not-found` (404) where the article does not exist for this person,
 *   `data/permission-denied` (403) where it is another user's, `data/changed-meanwhile` (409) where it is another
 *   version by now; a form is told which, and whose.
 */
export async function throwNotChangeable(
  id: string,
  actor: Actor,
  { unchangedSince }: { unchangedSince?: Date | undefined } = {},
): Promise<never> {
  await requireChangeable(id, actor);
  if (unchangedSince) throw new AppError("data/changed-meanwhile", { values: await latestChange(id) });
  throw new AppError("data/permission-denied");
}

async function latestChange(id: string): Promise<Record<string, string>> {
  const [latest] = await query<{ updatedAt: Date; updatedBy: string | null; name: string | null }>(Prisma.sql`
    SELECT a."updatedAt", a."updatedBy", u.name
      FROM "Article" a LEFT JOIN "User" u ON u.id = a."updatedBy" WHERE a.id = ${id}`);
  if (!latest) throw new AppError("data/not-found");
  return {
    changedAt: latest.updatedAt.toISOString(),
    changedBy: latest.updatedBy ?? "",
    changedByName: latest.name ?? "",
  };
}
