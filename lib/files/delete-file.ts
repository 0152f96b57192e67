import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import { afterAnswer } from "@/lib/http/after-answer";
import { requireOwnFile } from "./readable-file";
import { sweepFiles } from "./sweep-files";

/**
 * Deletes a file for good, wherever it is shown.
 *
 * @throws ApiError `file/not-found` (404), `file/access-denied` (403).
 * @see bkend: storage, delete
 */
export async function deleteFile(id: string, actor: Actor): Promise<void> {
  const file = await requireOwnFile(id, actor);
  await db.file.updateMany({ where: { id: file.id, removedAt: null }, data: { removedAt: new Date() } });
  afterAnswer(sweepFiles);
}
