import "server-only";
import { Prisma, query } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import type { Tag } from "./contract";
import { tagColumns } from "./tag-rows";

/**
 * @throws AppError `data/not-found` (404).
 */
export async function getTag(id: string): Promise<Tag> {
  const [tag] = await query<Tag>(Prisma.sql`SELECT ${tagColumns} FROM "Tag" t WHERE t.id = ${id}`);
  if (!tag) throw new AppError("data/not-found");
  return tag;
}
