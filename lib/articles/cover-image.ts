import "server-only";
import { env } from "@/lib/config/env";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { storageNameOf } from "@/lib/files/uploads/stored-files";
import { fileKeyIn, imagePathOf, isFileKey, withoutQuery } from "@/lib/images/image-path";
import { fileStore } from "@/lib/storage/file-store";

/**
 * Converts the cover of a request to the address that is stored: the key of one of the user's own files becomes that
 * file's address; an address on this site or of a picture in our store becomes a path, so that the site can move.
 *
 * @throws AppError `data/validation-error` (400) for a key that is not a public file of this user.
 */
export async function resolveCoverImage(
  coverImage: string | null,
  userId: string | null,
): Promise<string | null> {
  if (!coverImage) return coverImage;
  if (isFileKey(coverImage)) return addressOfOwnFile(coverImage, userId);
  const { APP_URL } = env();
  const path = coverImage.startsWith(`${APP_URL}/`) ? coverImage.slice(APP_URL.length) : coverImage;
  // A path with two slashes would point to another site.
  if (/^\/(?!\/)/.test(path)) return withoutQuery(path);
  return (await pathOfStoredImage(coverImage)) ?? coverImage;
}

/** The address may also be that of the bucket. */
async function pathOfStoredImage(address: string): Promise<string | null> {
  const key = fileKeyIn(address);
  if (key === undefined) return null;
  const file = await db.file.findFirst({ where: { key, visibility: "public", removedAt: null } });
  return file && fileStore().knownAddresses(storageNameOf(file)).includes(address) ? imagePathOf(key) : null;
}

async function addressOfOwnFile(key: string, ownerId: string | null): Promise<string> {
  const exists =
    ownerId !== null &&
    (await db.file.count({
      where: {
        key,
        ownerId,
        kind: "file",
        visibility: "public",
        registeredAt: { not: null },
        removedAt: null,
      },
    })) > 0;
  if (!exists) {
    const problems = [{ path: "coverImage", message: "ownFile" } as const];
    throw new AppError("data/validation-error", { problems });
  }
  return imagePathOf(key);
}
