import "server-only";
import { db, type Transaction } from "@/lib/core/db";
import { markFilesUnused, storageNameOf } from "@/lib/files/uploads/stored-files";
import type { File } from "@/lib/generated/prisma/client";
import { fileKeyIn, imagePathOf, isFileKey } from "@/lib/images/image-path";
import { absoluteImageUrl } from "@/lib/images/image-url";
import { fileStore } from "@/lib/storage/file-store";

/** @returns an avatar that the user has uploaded, by its key. */
export async function findAvatar(ownerId: string, key: string): Promise<File | null> {
  if (!isFileKey(key)) return null;
  return db.file.findFirst({ where: { key, ownerId, kind: "avatar", removedAt: null } });
}

/** @returns the same by any of its URLs. */
export async function findAvatarByUrl(ownerId: string, address: string): Promise<File | null> {
  const key = fileKeyIn(address);
  const file = key === undefined ? null : await findAvatar(ownerId, key);
  if (!file) return null;
  const path = imagePathOf(file.key);
  const addresses = [path, absoluteImageUrl(path), ...fileStore().knownAddresses(storageNameOf(file))];
  return addresses.includes(address) ? file : null;
}

/**
 * Sets a registered avatar in a user's profile, or none, and marks their previous ones as unused.
 *
 * @returns false if the avatar was removed meanwhile: roll back the transaction.
 */
export async function saveAvatar(userId: string, file: File | null, tx: Transaction): Promise<boolean> {
  // First, since it locks the user: concurrent changes of the profile wait here.
  await tx.user.update({
    where: { id: userId },
    data: { image: file && imagePathOf(file.key) },
    select: { id: true },
  });
  if (file && (await tx.file.count({ where: { id: file.id, removedAt: null } })) === 0) return false;
  await markFilesUnused({ ownerId: userId, kind: "avatar", ...(file && { exceptKey: file.key }) }, tx);
  return true;
}
