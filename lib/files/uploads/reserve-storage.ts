import "server-only";
import { env } from "@/lib/config/env";
import { db, type Transaction } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import type { File, Prisma } from "@/lib/generated/prisma/client";

/**
 * Counts the bytes of an image against its owner's quota and records them in its row before storing it.
 * The owner's row is locked, so that concurrent uploads cannot exceed the quota.
 *
 * @param change further changes of the row, if it still matches `where`.
 * @returns false if it does not.
 * @throws AppError `file/quota-exceeded` (403).
 */
export async function reserveStorage(
  { id, ownerId }: Pick<File, "id" | "ownerId">,
  size: number,
  { where, change }: { where?: Prisma.FileWhereInput; change?: Prisma.FileUpdateManyMutationInput } = {},
): Promise<boolean> {
  return db.$transaction(async (tx) => {
    if (ownerId !== null) {
      await tx.$queryRaw`SELECT id FROM "User" WHERE id = ${ownerId} FOR NO KEY UPDATE`;
      if ((await storedBytes(ownerId, id, tx)) + size > quotaBytes()) {
        throw new AppError("file/quota-exceeded");
      }
    }
    const { count } = await tx.file.updateMany({
      where: { removedAt: null, ...where, id },
      data: { ...change, size },
    });
    return count > 0;
  });
}

/**
 * Rejects an upload that would exceed the quota.
 *
 * @throws AppError `file/quota-exceeded` (403) for an owner whose quota is used up.
 */
export async function requireStorageLeft(ownerId: string): Promise<void> {
  if ((await storedBytes(ownerId, null, db)) >= quotaBytes()) throw new AppError("file/quota-exceeded");
}

/** The bytes of an owner's images, except one. Generated sizes do not count. */
async function storedBytes(
  ownerId: string,
  exceptId: string | null,
  tx: Pick<Transaction, "$queryRaw">,
): Promise<number> {
  const [row] = await tx.$queryRaw<{ bytes: number }[]>`
    SELECT coalesce(sum(size), 0)::float8 AS bytes FROM "File"
     WHERE "ownerId" = ${ownerId} AND "removedAt" IS NULL AND id <> ${exceptId ?? ""}`;
  return row?.bytes ?? 0;
}

function quotaBytes(): number {
  return env().STORAGE_QUOTA_MB * 1024 * 1024;
}
