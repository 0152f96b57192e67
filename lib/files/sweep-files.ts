import "server-only";
import { db, Prisma, query, type Transaction } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import type { File } from "@/lib/generated/prisma/client";
import { imagePathOf } from "@/lib/images/image-path";
import { log } from "@/lib/runtime/log";
import { removeOldParts } from "@/lib/storage/local-store";
import { attachFile, removeStored, storageNamesOf } from "./uploads/stored-files";

/** How long an upload may remain unused. */
const unusedUploadHours = 24;
/** A sweep takes one batch; a thorough one takes all. */
const batchSize = 100;
/** If so many files fail one after another, the store or the database is unavailable. */
const maxFailures = 3;

/**
 * Removes unused files from the store, and marks uploads that were never used. Rows record every step
 * first, so that a crash only delays it. Call it after a change.
 */
export function sweepFiles(): Promise<void> {
  return logFailure(async () => {
    await markAbandonedUploadsUnused();
    await removeLatestUnusedFiles();
    await attachFiles();
  });
}

/** Sweeps as `sweepFiles`, and all that takes longer. Call it when a server starts, and periodically. */
export async function sweepFilesThoroughly(): Promise<void> {
  await logFailure(removeOldParts);
  await logFailure(async () => {
    await markOwnerlessFilesUnused();
    await markAbandonedUploadsUnused();
    await removeLatestUnusedFiles();
    await removeAllUnusedFiles();
    await attachFiles();
  });
}

async function logFailure(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    // The store or the database is unavailable: the next sweep finds the same work.
    log.error("files.sweep-failed", error);
  }
}

/** Goes on after the error of one file. @throws it if several files in a row fail. */
async function forEachFile(files: readonly File[], work: (file: File) => Promise<void>): Promise<void> {
  let failures = 0;
  for (const file of files) {
    try {
      await work(file);
      failures = 0;
    } catch (error) {
      failures += 1;
      if (failures === maxFailures) throw error;
      log.error("files.sweep-failed", error, { fileId: file.id });
    }
  }
}

async function markAbandonedUploadsUnused(): Promise<void> {
  const longAgo = new Date(Date.now() - unusedUploadHours * 3600 * 1000);
  await db.file.updateMany({
    where: { registeredAt: null, removedAt: null, uploadExpiresAt: { lt: longAgo } },
    data: { removedAt: new Date() },
  });
}

/** Files of deleted users that no published article shows anymore. */
async function markOwnerlessFilesUnused(): Promise<void> {
  await query(Prisma.sql`
    UPDATE "File" f SET "removedAt" = now() WHERE f."ownerId" IS NULL AND f."removedAt" IS NULL AND NOT ${isShown}`);
}

/**
 * Marks the files of a deleted user as unused, except the images of published articles. Run it before the
 * account is deleted, in the same transaction.
 */
export async function markUserFilesUnused(userId: string, tx: Transaction): Promise<void> {
  await tx.$executeRaw`
    UPDATE "File" f SET "removedAt" = now()
     WHERE f."ownerId" = ${userId} AND f."removedAt" IS NULL
       AND NOT (f.kind = 'file' AND f.visibility = 'public' AND ${isShown})`;
}

/**
 * Whether a published article shows a picture `f`, as its cover or in its text. Two subqueries: a single one with both
 * conditions would read every article for each picture. Earlier versions stored covers with a query.
 */
const isShown = Prisma.sql`(
  EXISTS (SELECT 1 FROM "Article" a WHERE a."isPublished" AND substring(a."coverImage" FROM '^[^?#]*') = ${imagePathOf("")} || f.key)
  OR EXISTS (SELECT 1 FROM "Article" a WHERE a."isPublished" AND a.content LIKE '%' || f.key || '%'))`;

async function attachFiles(): Promise<void> {
  const files = await db.file.findMany({
    where: {
      settledAt: null,
      removedAt: null,
      registeredAt: { not: null },
      uploadExpiresAt: { lt: new Date() },
    },
    take: batchSize,
  });
  await forEachFile(files, async (file) => {
    try {
      await attachFile(file);
    } catch (error) {
      if (!(error instanceof AppError) || error.status >= 500) throw error;
      log.warn("files.replaced-after-check", { fileId: file.id, ownerId: file.ownerId, code: error.code });
      await db.$transaction([
        db.user.updateMany({ where: { image: imagePathOf(file.key) }, data: { image: null } }),
        db.file.updateMany({ where: { id: file.id }, data: { removedAt: new Date() } }),
      ]);
      await remove(file);
    }
  });
}

async function removeLatestUnusedFiles(): Promise<void> {
  const latest = await db.file.findMany({
    where: { removedAt: { not: null } },
    // What a change has just made unused. The others may have to wait until their upload URLs expire.
    orderBy: { removedAt: "desc" },
    take: batchSize,
  });
  await forEachFile(latest, remove);
}

/** Only files whose upload URL has expired. */
async function removeAllUnusedFiles(): Promise<void> {
  for (let after = ""; ; ) {
    const batch = await db.file.findMany({
      where: { id: { gt: after }, removedAt: { not: null }, uploadExpiresAt: { lt: new Date() } },
      orderBy: { id: "asc" },
      take: batchSize,
    });
    await forEachFile(batch, remove);
    const last = batch.at(-1);
    if (!last) return;
    after = last.id;
  }
}

async function remove(file: File): Promise<void> {
  await removeStored(storageNamesOf(file));
  // Until the upload URL expires, an upload may still arrive.
  await db.file.deleteMany({ where: { id: file.id, uploadExpiresAt: { lt: new Date() } } });
}
