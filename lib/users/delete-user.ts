import "server-only";
import { type Actor, actorOf } from "@/lib/auth/actor";
import { requireFreshProof } from "@/lib/auth/fresh-proof";
import type { CurrentUser } from "@/lib/auth/guard";
import { holdSession } from "@/lib/auth/hold-session";
import { mayNotify } from "@/lib/auth/notices";
import { db, Prisma, type Transaction } from "@/lib/db";
import { queueMail } from "@/lib/email/outbox";
import { sweepFiles } from "@/lib/files/sweep-files";
import { afterAnswer } from "@/lib/http/after-answer";
import type { Client } from "@/lib/http/client";
import { log } from "@/lib/log";
import { disownContent } from "./disown-content";
import { requireOwnUser } from "./own-user";

/**
 * Deletes the account of the user who asks, as `deleteUser` does.
 *
 * @throws ApiError `auth/reauthentication-required` (403).
 * @see bkend: authentication, withdrawal
 */
export async function withdraw(user: CurrentUser, client: Client): Promise<void> {
  requireFreshProof(user);
  await deleteUser(user.id, actorOf(user), client);
}

/**
 * Deletes an account for good: its sessions, drafts, scheduled articles, bookmarks and pictures go with it, and the
 * address is free
 * again. What was published stays, without an author, and so do the tags that articles carry and the pictures that
 * they show. The owner is mailed a notice.
 *
 * @throws ApiError `user/not-found` (404), `user/forbidden` (403).
 * @see bkend: users, delete
 */
export async function deleteUser(id: string, actor: Actor, client: Client): Promise<void> {
  const { email, emailVerified } = await requireOwnUser(id, actor);
  const isNotified = await mayNotify({ email, emailVerified: emailVerified !== null }, "account-deleted");
  await db.$transaction(async (tx) => {
    await holdSession(actor, tx, id);
    // A draft that is being saved waits for this row, and then has no author to be saved for.
    await tx.$queryRaw(Prisma.sql`SELECT id FROM "User" WHERE id = ${id} FOR UPDATE`);
    if (isNotified) await queueFarewell(id, tx);
    await removeUser(id, tx);
  });
  afterAnswer(sweepFiles);
  log.info("user.deleted", { userId: id, by: actor.userId, requestId: client.requestId });
}

/** Removes a user and what they leave behind. The user is to be held before, and `sweepFiles` is to follow. */
export async function removeUser(id: string, tx: Transaction): Promise<void> {
  await disownContent(id, tx);
  // Sessions, tokens, consents and linked accounts follow by foreign key.
  await tx.user.deleteMany({ where: { id } });
}

async function queueFarewell(id: string, tx: Transaction): Promise<void> {
  const user = await tx.user.findUnique({ where: { id }, select: { email: true, name: true, locale: true } });
  // Deleted twice at once: the first has told.
  if (!user) return;
  const { email, name, locale } = user;
  await queueMail({ to: email, template: "account-deleted", locale, data: { name } }, tx);
}
