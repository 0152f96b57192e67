import "server-only";
import { randomBytes } from "node:crypto";
import { onMissing } from "@/lib/core/database-errors";
import { db, type Transaction } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import type { File } from "@/lib/generated/prisma/client";
import type { FileKind, FileVisibility } from "@/lib/generated/prisma/enums";
import { imageTypeOfBytes } from "@/lib/images/image-shape";
import { type ImageType, maxImageBytes } from "@/lib/images/image-types";
import { imageWidths } from "@/lib/images/image-widths";
import type { Picture } from "@/lib/images/pictures";
import { fileStore, type StoredBytes } from "@/lib/storage/file-store";
import { cleanImage } from "./clean-image";
import { requireStorageLeft, reserveStorage } from "./reserve-storage";
import { newExpiry, signUrl } from "./signed-urls";

/** The URL to upload an image to, and its key. */
export type IssuedUpload = { url: string; key: string; expiresAt: Date };

/** An image to be uploaded. */
type NewFile = {
  kind: FileKind;
  visibility: FileVisibility;
  ownerId: string;
  originalName: string;
  mimeType: ImageType;
};

/**
 * Creates a key for an image to be uploaded, and a URL to upload it to.
 *
 * @returns a URL for one PUT within 15 minutes.
 * @throws AppError `file/quota-exceeded` (403) for an owner whose quota is used up.
 */
export async function issueUpload(upload: NewFile): Promise<IssuedUpload> {
  await requireStorageLeft(upload.ownerId);
  const [key, privateName, expiresAt] = [newName(), newName(), newExpiry()];
  const storeAddress = await fileStore().uploadAddress({
    name: storageNameOf({ ...upload, key, privateName }),
    type: upload.mimeType,
    expiresAt,
  });
  await db.file
    .create({
      data: { ...upload, key, privateName, uploadExpiresAt: expiresAt },
      select: { id: true },
    })
    .catch(ownerIsGone(upload));
  return { url: storeAddress ?? signUrl("PUT", key, expiresAt), key, expiresAt };
}

/**
 * Stores an image that the server already has as if it had been uploaded.
 *
 * @returns the key to register it with.
 * @throws AppError `file/quota-exceeded` (403), `file/not-found` (404) if the owner is deleted meanwhile.
 */
export async function writeUpload(upload: NewFile, bytes: Buffer): Promise<string> {
  const [key, privateName] = [newName(), newName()];
  // The row is written first, so that the sweep finds files orphaned by a crash. It deletes the row only once the upload
  // has expired, so that it also finds one that is written after the file was marked unused.
  const { id } = await db.file
    .create({
      data: { ...upload, key, privateName, uploadExpiresAt: newExpiry(), uploadedAt: new Date() },
      select: { id: true },
    })
    .catch(ownerIsGone(upload));
  const isReserved = await reserveStorage({ id, ownerId: upload.ownerId }, bytes.length);
  if (!isReserved) throw new AppError("file/not-found");
  await fileStore().write(storageNameOf({ ...upload, key, privateName }), bytes, upload.mimeType);
  return key;
}

/** The owner's account may be deleted meanwhile. The owner of a file is its uploader; that of an avatar may differ. */
function ownerIsGone({ kind }: NewFile): (error: unknown) => never {
  return onMissing(kind === "avatar" ? "user/not-found" : "auth/invalid-token");
}

/**
 * Registers an uploaded image: validates and cleans the stored bytes, and writes them back under the same key. A
 * registered image is unchanged.
 *
 * @param changes metadata that the owner changed.
 * @throws AppError `file/not-found` (404) without an upload; `file/invalid-format`,
 *   `file/file-too-large` (400); `file/quota-exceeded` (403); `common/unavailable` (503) while the store is unavailable.
 */
export async function registerFile(
  file: File,
  changes: { visibility?: FileVisibility; originalName?: string } = {},
): Promise<File> {
  const { visibility = file.visibility, originalName = file.originalName } = changes;
  if (file.registeredAt) return file;

  const bytes = await readFully(file);
  if (!bytes) throw new AppError("file/not-found");
  return keep(await cleanImage(bytes, typeToRegister(bytes, file), file), file, { visibility, originalName });
}

/** The declared type; that of a converted avatar if a crash came between writing it and updating its row. */
function typeToRegister(bytes: Buffer, { kind, mimeType }: File): string {
  const isConverted = kind === "avatar" && imageTypeOfBytes(bytes) === "image/webp";
  return isConverted ? "image/webp" : mimeType;
}

/**
 * Validates a registered image again. A store with direct uploads cannot count them: until the upload URL
 * expired, other bytes could replace the validated image.
 *
 * @throws AppError as `registerFile`, if the stored bytes are not acceptable.
 */
export async function attachFile(file: File): Promise<void> {
  // It may have been uploaded under the other name before a crash.
  await removeStored(storageNamesOf(file).filter((name) => name !== storageNameOf(file)));
  const stored = await fileStore().read(storageNameOf(file));
  await stored?.body.cancel();
  if (stored && stored.version !== file.version) await checkAnew(file);
  await db.file.updateMany({ where: { id: file.id }, data: { settledAt: new Date() } });
}

/** A later upload may have the declared type or the type that the image was converted to. */
async function checkAnew(file: File): Promise<void> {
  const bytes = await readFully(file);
  if (!bytes) return;
  await keep(await cleanImage(bytes, imageTypeOfBytes(bytes) ?? file.mimeType, file), file, file);
}

/** Stores a validated image and its metadata. */
async function keep(
  picture: Picture,
  file: File,
  { visibility, originalName }: Pick<File, "visibility" | "originalName">,
): Promise<File> {
  if (!(await reserveStorage(file, picture.bytes.length))) throw new AppError("file/not-found");
  const name = storageNameOf({ ...file, visibility });
  const version = await fileStore().write(name, picture.bytes, picture.type);
  const [kept] = await db.file.updateManyAndReturn({
    where: { id: file.id, removedAt: null },
    data: {
      ...knownOf(picture),
      visibility,
      originalName,
      version,
      registeredAt: new Date(),
      sizes: [],
      wholeFrom: null,
    },
  });
  if (!kept) {
    // The sweep may have passed before the image was written.
    await removeStored(storageNamesOf(file));
    throw new AppError("file/not-found");
  }
  if (name !== storageNameOf(file)) await fileStore().remove(storageNameOf(file));
  // They were generated from the previous image.
  if (file.registeredAt) await Promise.all(sizeNamesOf(name).map((size) => fileStore().remove(size)));
  return kept;
}

/** Marks files as unused, in the transaction of the change that causes it. `sweepFiles` removes them. */
export async function markFilesUnused(
  where: { ownerId: string; kind: FileKind; exceptKey?: string },
  tx: Transaction,
): Promise<void> {
  const { exceptKey, ...owned } = where;
  await tx.file.updateMany({
    where: {
      ...owned,
      registeredAt: { not: null },
      removedAt: null,
      ...(exceptKey !== undefined && { key: { not: exceptKey } }),
    },
    data: { removedAt: new Date() },
  });
}

/** @returns the name of a file in the store. */
export function storageNameOf({
  key,
  privateName,
  kind,
  visibility,
}: Pick<File, "key" | "privateName" | "kind" | "visibility">): string {
  return visibility === "public" ? `${kind}s/${key}` : `private/${privateName}`;
}

/** @returns every name that a file may have in the store, since its visibility may have changed. */
export function storageNamesOf(file: Pick<File, "key" | "privateName" | "kind">): string[] {
  return [
    storageNameOf({ ...file, visibility: "public" }),
    storageNameOf({ ...file, visibility: "private" }),
  ];
}

/** @returns the name of a narrower version of an image in the store. */
export function sizeNameOf(name: string, width: number): string {
  return `${name}-${width}`;
}

/** @returns every name that a narrower version of an image may have in the store. */
function sizeNamesOf(name: string): string[] {
  return imageWidths.map((width) => sizeNameOf(name, width));
}

/** Removes a file from the store, with its narrower versions. */
export async function removeStored(names: string[]): Promise<void> {
  const all = names.flatMap((name) => [name, ...sizeNamesOf(name)]);
  await Promise.all(all.map((name) => fileStore().remove(name)));
}

/**
 * Reads a whole file up to the size limit, or to its own size: earlier versions registered larger ones, and a client
 * that uploads directly to a bucket may replace it by anything.
 *
 * @returns null without an upload.
 * @throws AppError `file/file-too-large` (400).
 */
export async function readFully(file: File): Promise<Buffer | null> {
  const stored = await fileStore().read(storageNameOf(file));
  if (!stored) return null;
  if (stored.size > Math.max(maxImageBytes, file.size ?? 0)) {
    await stored.body.cancel();
    throw new AppError("file/file-too-large");
  }
  return readAll(stored);
}

async function readAll({ body }: StoredBytes): Promise<Buffer> {
  try {
    return Buffer.from(await new Response(body).arrayBuffer());
  } catch (error) {
    // The store failed during the transfer.
    throw new AppError("common/unavailable", { retryAfterSeconds: 5, cause: error });
  }
}

function knownOf({ bytes, type, width, height }: Picture) {
  return { mimeType: type, size: bytes.length, width, height };
}

/** 128 random bits. */
function newName(): string {
  return randomBytes(16).toString("hex");
}
