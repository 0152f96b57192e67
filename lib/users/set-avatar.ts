import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { holdSession } from "@/lib/auth/hold-session";
import { db } from "@/lib/db";
import { imagePathOf } from "@/lib/files/image-path";
import { sweepFiles } from "@/lib/files/sweep-files";
import { afterAnswer } from "@/lib/http/after-answer";
import { ApiError } from "@/lib/http/errors";
import { findAvatar, registerAvatar, wearAvatar } from "./avatars";
import { requireOwnUser } from "./own-user";

/**
 * Makes an uploaded picture somebody's avatar; the one before it goes.
 *
 * @returns the address of the picture, which stays the same.
 * @throws ApiError `user/not-found`, `file/not-found` (404), `user/forbidden` (403), `file/invalid-format`,
 *   `file/file-too-large` (400), `common/unavailable` (503) while the store is away.
 * @see bkend: users, avatar
 */
export async function setAvatar(id: string, key: string, actor: Actor): Promise<{ image: string }> {
  await requireOwnUser(id, actor);
  const uploaded = await findAvatar(id, key);
  if (!uploaded) throw new ApiError("file/not-found");

  const avatar = await registerAvatar(uploaded);
  await db.$transaction(async (tx) => {
    await holdSession(actor, tx, id);
    if (!(await wearAvatar(id, avatar, tx))) throw new ApiError("file/not-found");
  });
  afterAnswer(sweepFiles);
  return { image: imagePathOf(avatar.key) };
}
