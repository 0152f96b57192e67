import "server-only";
import { Prisma, type Transaction } from "@/lib/core/db";

/** Locks a user: other changes of their sign-in methods wait until this transaction ends. */
export async function lockUser(userId: string, tx: Transaction): Promise<void> {
  await tx.$queryRaw(Prisma.sql`SELECT id FROM "User" WHERE id = ${userId} FOR NO KEY UPDATE`);
}
