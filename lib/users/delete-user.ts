import "server-only";
import { type Actor, actorOf } from "@/lib/access/actor";
import { requireOwnUser } from "@/lib/access/require-own-user";
import { recordAudit } from "@/lib/audit/record-audit";
import type { CurrentUser } from "@/lib/auth/sessions/current-user";
import { lockSession } from "@/lib/auth/sessions/lock-session";
import { requireRecentAuthentication } from "@/lib/auth/sessions/recent-authentication";
import type { Client } from "@/lib/core/client";
import { db, Prisma } from "@/lib/core/db";
import { afterResponse } from "@/lib/email/after-response";
import { prepareNotice } from "@/lib/email/prepare-notice";
import { sweepFiles } from "@/lib/files/sweep-files";
import { log } from "@/lib/runtime/log";
import { removeUser } from "./removal/remove-user";
import { requireOtherAdmin } from "./require-other-admin";

/**
 * Deletes the caller's account, as `deleteUser` does.
 *
 * @throws AppError `auth/reauthentication-required` (403), `user/last-admin` (409).
 * @see bkend: authentication, withdrawal
 */
export async function withdraw(user: CurrentUser, client: Client): Promise<void> {
  requireRecentAuthentication(user);
  await deleteUser(user.id, actorOf(user), client);
}

/**
 * Deletes an account with its sessions, drafts, scheduled articles, bookmarks and images, and frees the address.
 * Published articles stay, without an author, and so do the tags that articles carry and the images that they show.
 * The owner gets an email.
 *
 * @throws AppError `user/not-found` (404), `user/forbidden` (403), `user/last-admin` (409).
 * @see bkend: users, delete
 */
export async function deleteUser(id: string, actor: Actor, client: Client): Promise<void> {
  const { email, emailVerified, name } = await requireOwnUser(id, actor);
  const queueNotice = await prepareNotice({ id, email, emailVerified }, { template: "account-deleted" });
  await db.$transaction(async (tx) => {
    requireOtherAdmin(id, await lockSession(actor, tx, id, { withAdmins: true }));
    // A concurrent save of a draft waits for this row, and then fails without an author.
    await tx.$queryRaw(Prisma.sql`SELECT id FROM "User" WHERE id = ${id} FOR UPDATE`);
    // Of two concurrent deletions, the first queues the email.
    await queueNotice(tx);
    const details = { name };
    await recordAudit(actor, { action: "user.deleted", targetId: id, ownerId: id, details }, tx);
    await removeUser(id, tx);
  });
  afterResponse(sweepFiles);
  log.info("user.deleted", { userId: id, by: actor.userId, requestId: client.requestId });
}
