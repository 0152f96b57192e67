import "server-only";
import { Prisma, type Transaction } from "@/lib/core/db";

/** Makes other changes of the sign-in methods of a user wait until this transaction is over. */
export async function lockUser(userId: string, tx: Transaction): Promise<void> {
  await tx.$queryRaw(Prisma.sql`SELECT id FROM "User" WHERE id = ${userId} FOR NO KEY UPDATE`);
}
