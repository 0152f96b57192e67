import "server-only";
import { isPublicSql } from "@/lib/articles/public-articles";
import type { Actor } from "@/lib/auth/actor";
import { db, Prisma } from "@/lib/db";
import { giveUpFilesOfLeaver, sweepFiles } from "@/lib/files/sweep-files";
import { afterAnswer } from "@/lib/http/after-answer";
import type { Client } from "@/lib/http/client";
import { log } from "@/lib/log";
import { requireOwnUser } from "./own-user";

/**
 * Deletes an account for good: its sessions, drafts, scheduled articles, bookmarks and pictures go with it, and the address is free
 * again. What was published stays, without an author, and so do the tags that articles carry and the pictures that
 * they show.
 *
 * @throws ApiError `user/not-found` (404), `user/forbidden` (403).
 * @see bkend: users, delete; authentication, withdrawal
 */
export async function deleteUser(id: string, actor: Actor, client: Client): Promise<void> {
  await requireOwnUser(id, actor);
  await db.$transaction([
    // A draft that is being saved waits for this row, and then has no author to be saved for.
    db.$queryRaw(Prisma.sql`SELECT id FROM "User" WHERE id = ${id} FOR UPDATE`),
    db.$executeRaw(Prisma.sql`DELETE FROM "Article" a WHERE a."createdBy" = ${id} AND NOT ${isPublicSql}`),
    db.$executeRaw(Prisma.sql`
      DELETE FROM "Tag" t WHERE t."createdBy" = ${id}
         AND NOT EXISTS (SELECT FROM "Article" a WHERE a.tags @> ARRAY[t.id])`),
    // Not by foreign key: who changed an article last is written at each change, and asked for at few.
    db.$executeRaw(Prisma.sql`UPDATE "Article" SET "updatedBy" = NULL WHERE "updatedBy" = ${id}`),
    giveUpFilesOfLeaver(id),
    // Sessions, tokens, consents and bookmarks follow by foreign key; published articles, their tags and pictures
    // lose their author by it.
    db.user.deleteMany({ where: { id } }),
  ]);
  afterAnswer(sweepFiles);
  log.info("user.deleted", { userId: id, by: actor.userId, requestId: client.requestId });
}
