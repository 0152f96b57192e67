import "server-only";
import { Prisma, type Transaction } from "@/lib/core/db";
import { detachContent } from "./detach-content";

/** Removes a user with their data. The caller locks the user before, and calls `sweepFiles` afterwards. */
export async function removeUser(id: string, tx: Transaction): Promise<void> {
  await detachContent(id, tx);
  // Without a foreign key: a sign-in link belongs to an address, and would create the account again.
  await tx.$executeRaw(Prisma.sql`
    DELETE FROM "MagicLink" l USING "User" u WHERE u.id = ${id} AND l.email = u.email`);
  // Sessions, tokens, consents and linked accounts are deleted by foreign key.
  await tx.user.deleteMany({ where: { id } });
}
