import "server-only";
import type { Actor } from "@/lib/access/actor";
import type { StoredFile } from "./contract";
import { requireReadableFile, toStoredFile } from "./require-file";

/**
 * Returns the metadata of a file.
 *
 * @throws AppError `file/not-found` (404), `file/access-denied` (403).
 * @see bkend: storage, file metadata
 */
export async function getFile(id: string, actor: Actor): Promise<StoredFile> {
  return toStoredFile(await requireReadableFile(id, actor));
}
