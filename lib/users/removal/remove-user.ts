import "server-only";
import { Prisma, type Transaction } from "@/lib/core/db";
import { detachContent } from "./detach-content";

/** Removes a user and what they leave behind. The user is to be held before, and `sweepFiles` is to follow. */
export async function removeUser(id: string, tx: Transaction): Promise<void> {
  await detachContent(id, tx);
  // By no foreign key: a sign-in link belongs to an address, and would open an account anew.
  await tx.$executeRaw(Prisma.sql`
    DELETE FROM "MagicLink" l USING "User" u WHERE u.id = ${id} AND l.email = u.email`);
  // Sessions, tokens, consents and linked accounts follow by foreign key.
  await tx.user.deleteMany({ where: { id } });
}
