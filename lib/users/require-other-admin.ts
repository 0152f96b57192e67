import type { LockedUser } from "@/lib/auth/sessions/lock-session";
import { AppError } from "@/lib/core/errors";

/**
 * Rejects a change that would leave no admin. Banned admins do not count.
 *
 * @param locked all admins, locked by `lockSession`, so that no concurrent change demotes the others.
 * @throws AppError `user/last-admin` (409).
 */
export function requireOtherAdmin(id: string, locked: LockedUser[]): void {
  const admins = locked.filter(({ role, isBanned }) => role === "admin" && !isBanned);
  if (admins.length === 1 && admins[0]?.id === id) throw new AppError("user/last-admin");
}
