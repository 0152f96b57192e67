import "server-only";
import { Prisma, query } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import type { File } from "@/lib/generated/prisma/client";
import { isImageType } from "@/lib/images/image-types";
import { toWidth } from "@/lib/images/pictures";
import { fileStore } from "@/lib/storage/file-store";
import { accountOf } from "./uploads/clean-image";
import { readFully, sizeNameOf, storageNameOf } from "./uploads/stored-files";

/** Sizes that are being generated. Concurrent requests for the same size share one result. */
const inProgress = new Map<string, Promise<boolean>>();

/**
 * Ensures that the store contains a registered image at a width. It is generated once for all instances.
 *
 * @returns false if the original should be served: it is an animation, or no larger in bytes.
 * @throws AppError `file/not-found` (404) if it was deleted meanwhile; `common/unavailable` (503) if too many wait or
 *   the store is unavailable.
 */
export async function ensureSize(file: File, width: number): Promise<boolean> {
  if (file.wholeFrom !== null && width >= file.wholeFrom) return false;
  if (file.sizes.includes(width)) return true;
  const id = `${file.id} ${file.version} ${width}`;
  const generating = inProgress.get(id) ?? generateSize(file, width).finally(() => inProgress.delete(id));
  inProgress.set(id, generating);
  return generating;
}

async function generateSize(file: File, width: number): Promise<boolean> {
  // Requests of readers do not delay uploads of the owner.
  const smaller = await toWidth(() => requireBytes(file), width, `sizes of ${accountOf(file)}`).catch(
    noneIfUnreadable,
  );
  const name = sizeNameOf(storageNameOf(file), width);
  if (smaller) await fileStore().write(name, smaller, "image/webp");
  if (!(await note(file, width, smaller !== null))) {
    await fileStore().remove(name);
    throw new AppError("file/not-found");
  }
  return smaller !== null;
}

async function requireBytes(file: File) {
  const bytes = await readFully(file);
  if (!bytes || !isImageType(file.mimeType)) throw new AppError("file/not-found");
  return { bytes, type: file.mimeType };
}

/** An original that the library cannot make smaller is served unchanged. */
function noneIfUnreadable(error: unknown): null {
  if (error instanceof AppError && error.code === "file/invalid-format") return null;
  throw error;
}

/** @returns false if the file was deleted or replaced meanwhile, so that the size must be removed. */
async function note(file: File, width: number, isMade: boolean): Promise<boolean> {
  const change = isMade
    ? Prisma.sql`sizes = ARRAY(SELECT DISTINCT unnest(sizes || ${width}::int) ORDER BY 1)`
    : Prisma.sql`"wholeFrom" = least("wholeFrom", ${width}::int)`;
  const noted = await query(Prisma.sql`
    UPDATE "File" SET ${change}
     WHERE id = ${file.id} AND "removedAt" IS NULL AND version IS NOT DISTINCT FROM ${file.version} RETURNING id`);
  return noted.length > 0;
}
