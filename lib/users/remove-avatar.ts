import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { holdSession } from "@/lib/auth/hold-session";
import { db } from "@/lib/db";
import { sweepFiles } from "@/lib/files/sweep-files";
import { afterAnswer } from "@/lib/http/after-answer";
import { wearAvatar } from "./avatars";
import { requireOwnUser } from "./own-user";

/**
 * Takes somebody's picture out of their profile and out of the store.
 *
 * @throws ApiError `user/not-found` (404), `user/forbidden` (403).
 * @see bkend: users, avatar
 */
export async function removeAvatar(id: string, actor: Actor): Promise<void> {
  await requireOwnUser(id, actor);
  await db.$transaction(async (tx) => {
    await holdSession(actor, tx, id);
    await wearAvatar(id, null, tx);
  });
  afterAnswer(sweepFiles);
}
