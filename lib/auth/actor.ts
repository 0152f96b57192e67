/** Who acts: a guest, a user, an admin, or whoever holds the secret key, who has rights but no user. */
export type Actor = { userId: string | null; isAdmin: boolean };

/**
 * @param hasSecretKey a secret key gives an admin's rights, with a user beside it or alone.
 */
export function actorOf(user: { id: string; role: string } | null, hasSecretKey = false): Actor {
  return { userId: user?.id ?? null, isAdmin: hasSecretKey || user?.role === "admin" };
}
