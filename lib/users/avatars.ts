import "server-only";
import { db, type Transaction } from "@/lib/db";
import { cleanerOf } from "@/lib/files/cleaner-of";
import { absoluteImageAddress } from "@/lib/files/image-address";
import { imagePathOf, isFileKey, keyInAddress } from "@/lib/files/image-path";
import { giveUpFiles, nameOf, registerFile } from "@/lib/files/stored-files";
import type { File } from "@/lib/generated/prisma/client";
import { fileStore } from "@/lib/storage/file-store";

/** @returns the picture that somebody has uploaded as an avatar, by its key. */
export async function findAvatar(ownerId: string, key: string): Promise<File | null> {
  if (!isFileKey(key)) return null;
  return db.file.findFirst({ where: { key, ownerId, kind: "avatar", removedAt: null } });
}

/** @returns the same by any of the addresses at which it can be read. */
export async function findAvatarAt(ownerId: string, address: string): Promise<File | null> {
  const key = keyInAddress(address);
  const file = key === undefined ? null : await findAvatar(ownerId, key);
  if (!file) return null;
  const path = imagePathOf(file.key);
  const addresses = [path, absoluteImageAddress(path), ...fileStore().knownAddresses(nameOf(file))];
  return addresses.includes(address) ? file : null;
}

/**
 * Checks, cuts and cleans an avatar.
 *
 * @throws ApiError as `registerFile`.
 */
export async function registerAvatar(file: File): Promise<File> {
  return registerFile(file, cleanerOf(file));
}

/**
 * Shows a registered avatar in a person's profile, or none, and gives up those that were there before.
 *
 * @returns false where the avatar was given up meanwhile: the transaction is to be rolled back.
 */
export async function wearAvatar(userId: string, file: File | null, tx: Transaction): Promise<boolean> {
  // First: whoever changes the same profile at the same time waits here until the other is done.
  await tx.user.update({
    where: { id: userId },
    data: { image: file && imagePathOf(file.key) },
    select: { id: true },
  });
  if (file && (await tx.file.count({ where: { id: file.id, removedAt: null } })) === 0) return false;
  await giveUpFiles({ ownerId: userId, kind: "avatar", ...(file && { exceptKey: file.key }) }, tx);
  return true;
}
