import "server-only";
import type { Transaction } from "@/lib/core/db";
import { detachContent } from "./detach-content";

/** Removes a user and what they leave behind. The user is to be held before, and `sweepFiles` is to follow. */
export async function removeUser(id: string, tx: Transaction): Promise<void> {
  await detachContent(id, tx);
  // Sessions, tokens, consents and linked accounts follow by foreign key.
  await tx.user.deleteMany({ where: { id } });
}
