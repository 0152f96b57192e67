import "server-only";
import { randomBytes } from "node:crypto";
import { db, onMissing, type Transaction } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import type { File } from "@/lib/generated/prisma/client";
import type { FileKind, FileVisibility } from "@/lib/generated/prisma/enums";
import { imageTypeOfBytes } from "@/lib/images/image-shape";
import { type ImageType, maxImageBytes } from "@/lib/images/image-types";
import { imageWidths } from "@/lib/images/image-widths";
import { type Picture, requirePicture } from "@/lib/images/pictures";
import { fileStore, type StoredBytes } from "@/lib/storage/file-store";
import { accountOf } from "./image-cleaner";
import { requireStorageLeft, reserveStorage } from "./reserve-storage";
import { newExpiry, signUrl } from "./signed-urls";

/** Where a client may put a picture, and what to call it afterwards. */
export type IssuedUpload = { url: string; key: string; expiresAt: Date };

/** A picture that is to come. */
type NewFile = {
  kind: FileKind;
  visibility: FileVisibility;
  ownerId: string;
  originalName: string;
  mimeType: ImageType;
};

/**
 * Makes a key for a picture to come, and an address that takes it in.
 *
 * @returns an address for one PUT, good for 15 minutes.
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
 * Puts a picture that is here already where an uploaded one would lie.
 *
 * @returns its key, by which it is registered.
 * @throws AppError `file/quota-exceeded` (403).
 */
export async function writeUpload(upload: NewFile, bytes: Buffer): Promise<string> {
  const [key, privateName, now] = [newName(), newName(), new Date()];
  // The row first: what a crash leaves in the store has a row to be swept by.
  const { id } = await db.file
    .create({
      data: { ...upload, key, privateName, uploadExpiresAt: now, uploadedAt: now },
      select: { id: true },
    })
    .catch(ownerIsGone(upload));
  await reserveStorage({ id, ownerId: upload.ownerId }, bytes.length);
  await fileStore().write(storageNameOf({ ...upload, key, privateName }), bytes, upload.mimeType);
  return key;
}

/** The owner's account may be deleted meanwhile; a file has no other owner than its sender, an avatar may. */
function ownerIsGone({ kind }: NewFile): (error: unknown) => never {
  return onMissing(kind === "avatar" ? "user/not-found" : "auth/invalid-token");
}

/**
 * Puts an uploaded picture to use: checks what lies in the store, cleans it, and writes it back under the same key.
 * What is in use already stays as it is.
 *
 * @param clean what is to be kept of the picture.
 * @param changes what its owner says of it now, if it is something else than before.
 * @throws AppError `file/not-found` (404) where nothing was uploaded; `file/invalid-format`,
 *   `file/file-too-large` (400); `file/quota-exceeded` (403); `common/unavailable` (503) while the store is away.
 */
export async function registerFile(
  file: File,
  clean: (picture: Picture) => Promise<Picture>,
  changes: { visibility?: FileVisibility; originalName?: string } = {},
): Promise<File> {
  const { visibility = file.visibility, originalName = file.originalName } = changes;
  if (file.registeredAt) return file;

  const bytes = await readFully(file);
  if (!bytes) throw new AppError("file/not-found");
  const picture = await clean(await requirePicture(bytes, file.mimeType, accountOf(file)));
  return keep(picture, file, { visibility, originalName });
}

/**
 * Looks at a registered picture once more. A store that takes uploads itself cannot count them: until the address
 * ended, something else could be put where the checked picture was.
 *
 * @param clean as at `registerFile`.
 * @throws AppError as `registerFile`, where what lies there now is not to be kept.
 */
export async function attachFile(file: File, clean: (picture: Picture) => Promise<Picture>): Promise<void> {
  // It may have been uploaded under the other name, and have lain there when a crash came.
  await removeStored(storageNamesOf(file).filter((name) => name !== storageNameOf(file)));
  const stored = await fileStore().read(storageNameOf(file));
  await stored?.body.cancel();
  if (stored && stored.version !== file.version) await checkAnew(file, clean);
  await db.file.updateMany({ where: { id: file.id }, data: { settledAt: new Date() } });
}

/** What came later may be of the type that was announced, or of the one that the picture was given here. */
async function checkAnew(file: File, clean: (picture: Picture) => Promise<Picture>): Promise<void> {
  const bytes = await readFully(file);
  if (!bytes) return;
  const picture = await clean(
    await requirePicture(bytes, imageTypeOfBytes(bytes) ?? file.mimeType, accountOf(file)),
  );
  await keep(picture, file, file);
}

/** Writes a checked picture to its place, and what is known of it into its row. */
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
  if (!kept) throw new AppError("file/not-found");
  if (name !== storageNameOf(file)) await fileStore().remove(storageNameOf(file));
  // They were made of what was there before.
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

/** @returns what the store calls a file's bytes. */
export function storageNameOf({
  key,
  privateName,
  kind,
  visibility,
}: Pick<File, "key" | "privateName" | "kind" | "visibility">): string {
  return visibility === "public" ? `${kind}s/${key}` : `private/${privateName}`;
}

/** @returns every name under which bytes of a file may lie: it may have changed its visibility on the way. */
export function storageNamesOf(file: Pick<File, "key" | "privateName" | "kind">): string[] {
  return [
    storageNameOf({ ...file, visibility: "public" }),
    storageNameOf({ ...file, visibility: "private" }),
  ];
}

/** @returns what the store calls a narrower version of an image. */
export function sizeNameOf(name: string, width: number): string {
  return `${name}-${width}`;
}

/** @returns every name under which a narrower version of an image may lie. */
function sizeNamesOf(name: string): string[] {
  return imageWidths.map((width) => sizeNameOf(name, width));
}

/** Removes a file from the store, with its narrower versions. */
export async function removeStored(names: string[]): Promise<void> {
  const all = names.flatMap((name) => [name, ...sizeNamesOf(name)]);
  await Promise.all(all.map((name) => fileStore().remove(name)));
}

/**
 * Reads all of a file, as far as it may go.
 *
 * @returns null where nothing was uploaded.
 * @throws AppError `file/file-too-large` (400).
 */
export async function readFully(file: File): Promise<Buffer | null> {
  const stored = await fileStore().read(storageNameOf(file));
  if (!stored) return null;
  if (stored.size > maxImageBytes) {
    await stored.body.cancel();
    throw new AppError("file/file-too-large");
  }
  return readAll(stored);
}

async function readAll({ body }: StoredBytes): Promise<Buffer> {
  try {
    return Buffer.from(await new Response(body).arrayBuffer());
  } catch (error) {
    // The store went away in the middle.
    throw new AppError("common/unavailable", { retryAfterSeconds: 5, cause: error });
  }
}

function knownOf({ bytes, type, width, height }: Picture) {
  return { mimeType: type, size: bytes.length, width, height };
}

/** 128 bits of chance. */
function newName(): string {
  return randomBytes(16).toString("hex");
}
