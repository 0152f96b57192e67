import "server-only";
import { db } from "@/lib/db";
import { ApiError } from "@/lib/http/errors";
import { cleanerOf } from "./cleaner-of";
import type { FileInput, StoredFile } from "./contract";
import { isFileKey } from "./image-path";
import { toStoredFile } from "./readable-file";
import { registerFile } from "./stored-files";

/**
 * Puts an uploaded picture to use. Registering it once more answers the same file again.
 *
 * @throws ApiError `file/not-found` (404) for a key that was never issued to this person, or nothing uploaded;
 *   `file/invalid-format`, `file/file-too-large` (400); `common/unavailable` (503) while the store is away.
 * @see bkend: storage, file metadata
 */
export async function createFile(
  { s3Key, originalName, visibility }: FileInput,
  ownerId: string,
): Promise<StoredFile> {
  const uploaded = isFileKey(s3Key)
    ? await db.file.findFirst({ where: { key: s3Key, ownerId, kind: "file", removedAt: null } })
    : null;
  if (!uploaded) throw new ApiError("file/not-found");

  const registered = await registerFile(uploaded, cleanerOf(uploaded), {
    originalName,
    visibility: visibility ?? uploaded.visibility,
  });
  return toStoredFile(registered);
}
