import { AppError } from "@/lib/core/errors";
import type { Actor } from "./actor";

/**
 * Rejects all callers except admins and secret keys.
 *
 * @throws AppError `user/forbidden` (403).
 */
export function requireAdmin({ isAdmin }: Pick<Actor, "isAdmin">): void {
  if (!isAdmin) throw new AppError("user/forbidden");
}
