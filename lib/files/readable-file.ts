import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import type { File } from "@/lib/generated/prisma/client";
import { ApiError } from "@/lib/http/errors";
import type { StoredFile } from "./contract";

/**
 * Finds a registered file for somebody who may look at it.
 *
 * @throws ApiError `file/not-found` (404), `file/access-denied` (403).
 */
export async function requireReadableFile(id: string, actor: Actor): Promise<File> {
  const file = await requireFile(id);
  if (file.visibility !== "public" && !isOwn(file, actor)) throw new ApiError("file/access-denied");
  return file;
}

/**
 * Finds a registered file for somebody who may delete it.
 *
 * @throws ApiError `file/not-found` (404), `file/access-denied` (403).
 */
export async function requireOwnFile(id: string, actor: Actor): Promise<File> {
  const file = await requireFile(id);
  if (!isOwn(file, actor)) throw new ApiError("file/access-denied");
  return file;
}

/** @returns what is known of a registered file, as answers tell it. */
export function toStoredFile({ size, ...file }: File): StoredFile {
  return { ...file, size: size ?? 0 };
}

async function requireFile(id: string): Promise<File> {
  const file = await db.file.findFirst({
    where: { id, kind: "file", registeredAt: { not: null }, removedAt: null },
  });
  if (!file) throw new ApiError("file/not-found");
  return file;
}

function isOwn({ ownerId }: File, actor: Actor): boolean {
  return actor.isAdmin || (ownerId !== null && ownerId === actor.userId);
}
