import "server-only";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import type { FileVisibility } from "@/lib/generated/prisma/enums";
import { isFileKey } from "@/lib/images/image-path";
import type { FileInput, StoredFile } from "./contract";
import { toStoredFile } from "./require-file";
import { discardRefused } from "./uploads/discard-refused";
import { registerFile, writeUpload } from "./uploads/stored-files";
import { describeImage, type UploadedImage } from "./uploads/uploaded-image";

/**
 * Registers an uploaded image. Registering it again returns the same file.
 *
 * @throws AppError `file/not-found` (404) for a key that was not issued to this user, or without an upload;
 *   `file/invalid-format`, `file/file-too-large` (400); `common/unavailable` (503) while the store is unavailable.
 * @see bkend: storage, file metadata
 */
export async function createFile(
  { s3Key, originalName, visibility }: Pick<FileInput, "s3Key" | "originalName" | "visibility">,
  ownerId: string,
): Promise<StoredFile> {
  const uploaded = isFileKey(s3Key)
    ? await db.file.findFirst({ where: { key: s3Key, ownerId, kind: "file", removedAt: null } })
    : null;
  if (!uploaded) throw new AppError("file/not-found");

  const registered = await registerFile(uploaded, {
    originalName,
    visibility: visibility ?? uploaded.visibility,
  });
  return toStoredFile(registered);
}

/**
 * Stores and registers an image that the server already has.
 *
 * @throws AppError as `createFile`, `describeImage` and `writeUpload`.
 */
export async function storeImage(
  image: UploadedImage,
  ownerId: string,
  visibility: FileVisibility = "public",
): Promise<StoredFile> {
  const { originalName, mimeType } = describeImage(image);
  const upload = { kind: "file", visibility, ownerId, originalName, mimeType } as const;
  const s3Key = await writeUpload(upload, image.bytes);
  return discardRefused(s3Key, () => createFile({ s3Key, originalName, visibility }, ownerId));
}
