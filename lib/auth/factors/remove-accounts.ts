import "server-only";
import { endSessions } from "@/lib/auth/sessions/sessions";
import type { Transaction } from "@/lib/core/db";
import type { Prisma } from "@/lib/generated/prisma/client";

/**
 * Removes linked accounts of a user, and ends the sessions that they opened. The caller locks the user first, so that
 * they open no session meanwhile.
 *
 * @param which all of them by default.
 */
export async function removeAccounts(
  userId: string,
  tx: Transaction,
  which: Prisma.AccountWhereInput = {},
): Promise<void> {
  const accounts = await tx.account.findMany({ where: { ...which, userId }, select: { id: true } });
  const ids = accounts.map(({ id }) => id);
  await endSessions(userId, tx, { accountId: { in: ids } });
  await tx.account.deleteMany({ where: { userId, id: { in: ids } } });
}
