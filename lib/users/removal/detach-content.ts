import "server-only";
import { isPublicSql } from "@/lib/articles/public-articles";
import { Prisma, type Transaction } from "@/lib/core/db";
import { markUserFilesUnused } from "@/lib/files/sweep-files";

/**
 * Detaches the content of an account: drafts, scheduled articles and bookmarks are deleted. Published articles stay
 * without an author, and so do the tags that articles carry and the images that they show. Call `sweepFiles` next.
 */
export async function detachContent(userId: string, tx: Transaction): Promise<void> {
  // Tags before articles, the order in which writes of articles lock them: see `lockTags`.
  await tx.$queryRaw(Prisma.sql`SELECT id FROM "Tag" WHERE "createdBy" = ${userId} ORDER BY id FOR UPDATE`);
  // Waits for changes that are not committed yet: an article that is being unpublished is a draft below.
  await tx.$queryRaw(
    Prisma.sql`SELECT id FROM "Article" WHERE "createdBy" = ${userId} ORDER BY id FOR NO KEY UPDATE`,
  );
  await tx.$executeRaw(
    Prisma.sql`DELETE FROM "Article" a WHERE a."createdBy" = ${userId} AND NOT ${isPublicSql}`,
  );
  await tx.bookmark.deleteMany({ where: { createdBy: userId } });
  await tx.$executeRaw(Prisma.sql`
    DELETE FROM "Tag" t WHERE t."createdBy" = ${userId}
       AND NOT EXISTS (SELECT FROM "Article" a WHERE a.tags @> ARRAY[t.id])`);
  await tx.$executeRaw(Prisma.sql`UPDATE "Tag" SET "createdBy" = NULL WHERE "createdBy" = ${userId}`);
  await tx.$executeRaw(Prisma.sql`UPDATE "Article" SET "createdBy" = NULL WHERE "createdBy" = ${userId}`);
  // Without a foreign key, which every change of an article would have to check.
  await tx.$executeRaw(Prisma.sql`UPDATE "Article" SET "updatedBy" = NULL WHERE "updatedBy" = ${userId}`);
  await markUserFilesUnused(userId, tx);
  await tx.$executeRaw(Prisma.sql`UPDATE "File" SET "ownerId" = NULL WHERE "ownerId" = ${userId}`);
}
