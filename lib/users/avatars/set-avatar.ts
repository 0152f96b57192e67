import "server-only";
import type { Actor } from "@/lib/access/actor";
import { requireOwnUser } from "@/lib/access/require-own-user";
import { recordAudit } from "@/lib/audit/record-audit";
import { lockSession } from "@/lib/auth/sessions/lock-session";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { afterResponse } from "@/lib/email/after-response";
import { sweepFiles } from "@/lib/files/sweep-files";
import { registerFile } from "@/lib/files/uploads/stored-files";
import { imagePathOf } from "@/lib/images/image-path";
import { findAvatar, saveAvatar } from "./avatars";

/**
 * Makes an uploaded image the avatar of a user; it replaces the one before.
 *
 * @returns the URL of the image, which stays the same.
 * @throws AppError `user/not-found`, `file/not-found` (404), `user/forbidden` (403), `file/invalid-format`,
 *   `file/file-too-large` (400), `common/unavailable` (503) while storage is unavailable.
 * @see bkend: users, avatar
 */
export async function setAvatar(id: string, key: string, actor: Actor): Promise<{ image: string }> {
  const { name } = await requireOwnUser(id, actor);
  const uploaded = await findAvatar(id, key);
  if (!uploaded) throw new AppError("file/not-found");

  const avatar = await registerFile(uploaded);
  await db.$transaction(async (tx) => {
    await lockSession(actor, tx, id);
    if (!(await saveAvatar(id, avatar, tx))) throw new AppError("file/not-found");
    const details = { name, fields: ["image"] };
    await recordAudit(actor, { action: "user.profile-changed", targetId: id, ownerId: id, details }, tx);
  });
  afterResponse(sweepFiles);
  return { image: imagePathOf(avatar.key) };
}
