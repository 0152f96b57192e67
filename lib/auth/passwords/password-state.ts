import "server-only";
import { db } from "@/lib/core/db";

/** @returns whether a user has a password, and when it was last changed, if that is known. */
export async function getPasswordState(userId: string): Promise<{ isSet: boolean; changedAt: Date | null }> {
  const { passwordHash, passwordChangedAt } = await db.user.findUniqueOrThrow({
    where: { id: userId },
    select: { passwordHash: true, passwordChangedAt: true },
  });
  return { isSet: passwordHash !== null, changedAt: passwordChangedAt };
}
