/** Who acts: a guest, a user, an admin, or the holder of the secret key, who has rights but no user. */
export type Actor = {
  userId: string | null;
  isAdmin: boolean;
  /** Whether the user's email address is verified. */
  isConfirmed?: boolean;
};

/**
 * @param hasSecretKey a secret key gives an admin's rights, with a user beside it or alone.
 */
export function actorOf(
  user: { id: string; role: string; emailVerified?: boolean } | null,
  hasSecretKey = false,
): Actor {
  return {
    userId: user?.id ?? null,
    isAdmin: hasSecretKey || user?.role === "admin",
    isConfirmed: user?.emailVerified ?? false,
  };
}
