import "server-only";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import { imagePathOf, isFileKey, keyInAddress } from "@/lib/files/image-path";
import { nameOf } from "@/lib/files/stored-files";
import { ApiError } from "@/lib/http/errors";
import { fileStore } from "@/lib/storage/file-store";

/**
 * Turns what an article is given as its cover into the address that is kept: the key of a file of one's own into
 * that file's address, and an address on this site or of a picture in our store into a path, so that the site may move.
 *
 * @throws ApiError `data/validation-error` (400) for a key that is no public file of this person.
 */
export async function resolveCoverImage(
  coverImage: string | null,
  userId: string | null,
): Promise<string | null> {
  if (!coverImage) return coverImage;
  if (isFileKey(coverImage)) return addressOfOwnFile(coverImage, userId);
  const { APP_URL } = env();
  const path = coverImage.startsWith(`${APP_URL}/`) ? coverImage.slice(APP_URL.length) : coverImage;
  // Two slashes would lead to another site.
  if (/^\/(?!\/)/.test(path)) return path;
  return (await pathOfStoredImage(coverImage)) ?? coverImage;
}

/** The address may be the bucket's own. */
async function pathOfStoredImage(address: string): Promise<string | null> {
  const key = keyInAddress(address);
  if (key === undefined) return null;
  const file = await db.file.findFirst({ where: { key, visibility: "public", removedAt: null } });
  return file && fileStore().knownAddresses(nameOf(file)).includes(address) ? imagePathOf(key) : null;
}

async function addressOfOwnFile(key: string, ownerId: string | null): Promise<string> {
  const isThere =
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
  if (!isThere) {
    const problems = [{ path: "coverImage", message: "ownFile" } as const];
    throw new ApiError("data/validation-error", { problems });
  }
  return imagePathOf(key);
}
