import type { Role } from "@/lib/generated/prisma/enums";

/** Who acts: a guest, a user, an admin, or whoever holds the secret key, who has rights but no user. */
export type Actor = {
  userId: string | null;
  isAdmin: boolean;
  /** The session that the user acts by. */
  sessionId?: string;
  /** The role that the rights come from; absent where they come from a secret key. */
  role?: Role;
};

/**
 * @param hasSecretKey a secret key gives an admin's rights, with a user beside it or alone.
 */
export function actorOf(
  user: { id: string; role: Role; sessionId?: string } | null,
  hasSecretKey = false,
): Actor {
  if (!user) return { userId: null, isAdmin: hasSecretKey };
  const { id, role, sessionId } = user;
  return {
    userId: id,
    isAdmin: hasSecretKey || role === "admin",
    ...(sessionId !== undefined && { sessionId }),
    ...(!hasSecretKey && { role }),
  };
}
