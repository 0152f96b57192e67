import "server-only";
import type { Actor } from "@/lib/access/actor";
import { requireOwnUser } from "@/lib/access/require-own-user";
import { lockSession } from "@/lib/auth/sessions/lock-session";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { afterResponse } from "@/lib/email/after-response";
import { sweepFiles } from "@/lib/files/sweep-files";
import { imagePathOf } from "@/lib/images/image-path";
import { findAvatar, registerAvatar, saveAvatar } from "./avatars";

/**
 * Makes an uploaded picture somebody's avatar; the one before it goes.
 *
 * @returns the address of the picture, which stays the same.
 * @throws AppError `user/not-found`, `file/not-found` (404), `user/forbidden` (403), `file/invalid-format`,
 *   `file/file-too-large` (400), `common/unavailable` (503) while the store is away.
 * @see bkend: users, avatar
 */
export async function setAvatar(id: string, key: string, actor: Actor): Promise<{ image: string }> {
  await requireOwnUser(id, actor);
  const uploaded = await findAvatar(id, key);
  if (!uploaded) throw new AppError("file/not-found");

  const avatar = await registerAvatar(uploaded);
  await db.$transaction(async (tx) => {
    await lockSession(actor, tx, id);
    if (!(await saveAvatar(id, avatar, tx))) throw new AppError("file/not-found");
  });
  afterResponse(sweepFiles);
  return { image: imagePathOf(avatar.key) };
}
