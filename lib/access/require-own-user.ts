import "server-only";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import type { Actor } from "./actor";

type OwnUser = { name: string; image: string | null; email: string; emailVerified: Date | null };

/**
 * Rejects callers who may not change an account: it must be their own, or they must be an admin.
 *
 * @returns the columns of the account that later checks need.
 * @throws AppError `user/not-found` (404), `user/forbidden` (403).
 */
export async function requireOwnUser(id: string, actor: Actor): Promise<OwnUser> {
  const user = await db.user.findUnique({
    where: { id },
    select: { name: true, image: true, email: true, emailVerified: true },
  });
  if (!user) throw new AppError("user/not-found");
  if (!actor.isAdmin && actor.userId !== id) throw new AppError("user/forbidden");
  return user;
}
