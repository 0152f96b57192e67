import "server-only";
import type { Actor } from "@/lib/access/actor";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import type { File } from "@/lib/generated/prisma/client";
import type { StoredFile } from "./contract";

/**
 * Finds a registered file that the actor may read.
 *
 * @throws AppError `file/not-found` (404), `file/access-denied` (403).
 */
export async function requireReadableFile(id: string, actor: Actor): Promise<File> {
  const file = await requireFile(id);
  if (file.visibility !== "public" && !isOwn(file, actor)) throw new AppError("file/access-denied");
  return file;
}

/**
 * Finds a registered file that the actor may delete.
 *
 * @throws AppError `file/not-found` (404), `file/access-denied` (403).
 */
export async function requireOwnFile(id: string, actor: Actor): Promise<File> {
  const file = await requireFile(id);
  if (!isOwn(file, actor)) throw new AppError("file/access-denied");
  return file;
}

/** @returns the metadata of a registered file for a response. */
export function toStoredFile({ size, ...file }: File): StoredFile {
  return { ...file, size: size ?? 0 };
}

async function requireFile(id: string): Promise<File> {
  const file = await db.file.findFirst({
    where: { id, kind: "file", registeredAt: { not: null }, removedAt: null },
  });
  if (!file) throw new AppError("file/not-found");
  return file;
}

function isOwn({ ownerId }: File, actor: Actor): boolean {
  return actor.isAdmin || (ownerId !== null && ownerId === actor.userId);
}
