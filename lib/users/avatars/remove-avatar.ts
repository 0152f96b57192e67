import "server-only";
import type { Actor } from "@/lib/access/actor";
import { requireOwnUser } from "@/lib/access/require-own-user";
import { recordAudit } from "@/lib/audit/record-audit";
import { lockSession } from "@/lib/auth/sessions/lock-session";
import { db } from "@/lib/core/db";
import { afterResponse } from "@/lib/email/after-response";
import { sweepFiles } from "@/lib/files/sweep-files";
import { saveAvatar } from "./avatars";

/**
 * Removes the avatar of a user from their profile and from storage.
 *
 * @throws AppError `user/not-found` (404), `user/forbidden` (403).
 * @see bkend: users, avatar
 */
export async function removeAvatar(id: string, actor: Actor): Promise<void> {
  const { name } = await requireOwnUser(id, actor);
  await db.$transaction(async (tx) => {
    await lockSession(actor, tx, id);
    await saveAvatar(id, null, tx);
    const details = { name, fields: ["image"] };
    await recordAudit(actor, { action: "user.profile-changed", targetId: id, ownerId: id, details }, tx);
  });
  afterResponse(sweepFiles);
}
