import type { Role } from "@/lib/generated/prisma/enums";

/** The caller: a guest, a user, an admin, or the holder of the secret key, who has rights but no user. */
export type Actor = {
  userId: string | null;
  isAdmin: boolean;
  /** Whether the user's email address is verified. */
  isConfirmed?: boolean;
  /** The session of the request. */
  sessionId?: string;
  /** The role that the rights come from; absent where they come from a secret key. */
  role?: Role;
};

/**
 * @param hasSecretKey a secret key grants an admin's rights, with or without a user.
 */
export function actorOf(
  user: { id: string; role: Role; sessionId?: string; emailVerified?: boolean } | null,
  hasSecretKey = false,
): Actor {
  if (!user) return { userId: null, isAdmin: hasSecretKey };
  const { id, role, sessionId, emailVerified = false } = user;
  return {
    userId: id,
    isAdmin: hasSecretKey || role === "admin",
    isConfirmed: emailVerified,
    ...(sessionId !== undefined && { sessionId }),
    ...(!hasSecretKey && { role }),
  };
}
