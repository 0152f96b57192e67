import "server-only";
import type { Actor } from "@/lib/access/actor";
import { Prisma, query } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { requireChangeable } from "./require-changeable";

/**
 * Throws the reason why no row was changed.
 *
 * @param options.unchangedSince the only version that the caller wanted to change, if any.
 * @throws AppError `data/not-found` (404) if the article does not exist or the user may not see it,
 *   `data/permission-denied` (403) if it belongs to another user, `data/changed-meanwhile` (409) if there is a later
 *   version; for forms, the error contains that version and its editor.
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
