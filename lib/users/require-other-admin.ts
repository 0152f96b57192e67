import type { LockedUser } from "@/lib/auth/sessions/lock-session";
import { AppError } from "@/lib/core/errors";

/**
 * Refuses to take the rights of the last admin. Banned admins do not count.
 *
 * @param locked all admins, locked by `lockSession`, so that no other change can take the rights of the others.
 * @throws AppError `user/last-admin` (409).
 */
export function requireOtherAdmin(id: string, locked: LockedUser[]): void {
  const admins = locked.filter(({ role, isBanned }) => role === "admin" && !isBanned);
  if (admins.length === 1 && admins[0]?.id === id) throw new AppError("user/last-admin");
}
