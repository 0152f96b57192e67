import "server-only";
import type { Actor } from "@/lib/access/actor";
import { requireOwnUser } from "@/lib/access/require-own-user";
import { lockSession } from "@/lib/auth/sessions/lock-session";
import { db } from "@/lib/core/db";
import { afterResponse } from "@/lib/email/after-response";
import { sweepFiles } from "@/lib/files/sweep-files";
import { saveAvatar } from "./avatars";

/**
 * Takes somebody's picture out of their profile and out of the store.
 *
 * @throws AppError `user/not-found` (404), `user/forbidden` (403).
 * @see bkend: users, avatar
 */
export async function removeAvatar(id: string, actor: Actor): Promise<void> {
  await requireOwnUser(id, actor);
  await db.$transaction(async (tx) => {
    await lockSession(actor, tx, id);
    await saveAvatar(id, null, tx);
  });
  afterResponse(sweepFiles);
}
