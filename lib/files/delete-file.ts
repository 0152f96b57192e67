import "server-only";
import type { Actor } from "@/lib/access/actor";
import { db } from "@/lib/core/db";
import { afterResponse } from "@/lib/email/after-response";
import { requireOwnFile } from "./require-file";
import { sweepFiles } from "./sweep-files";

/**
 * Deletes a file, even if it is in use.
 *
 * @throws AppError `file/not-found` (404), `file/access-denied` (403).
 * @see bkend: storage, delete
 */
export async function deleteFile(id: string, actor: Actor): Promise<void> {
  const file = await requireOwnFile(id, actor);
  await db.file.updateMany({ where: { id: file.id, removedAt: null }, data: { removedAt: new Date() } });
  afterResponse(sweepFiles);
}
