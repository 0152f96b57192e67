import "server-only";
import { lockUser } from "@/lib/auth/accounts/lock-user";
import { removeAccounts } from "@/lib/auth/accounts/remove-accounts";
import { endSessions } from "@/lib/auth/sessions/sessions";
import type { Client } from "@/lib/core/client";
import { onDuplicate } from "@/lib/core/database-errors";
import { db, type Transaction } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { afterResponse } from "@/lib/email/after-response";
import { sweepFiles } from "@/lib/files/sweep-files";
import { log } from "@/lib/runtime/log";
import { removeUser } from "@/lib/users/removal/remove-user";
import { type AddressUndoInput, consumeAddressUndo } from "./address-undos";
import { revokeEmailTokens } from "./email-tokens";

/**
 * Restores the address that an account had before it was changed, by the link that was mailed there. Every session
 * ends, and so does what was under way for the account. The password stays as it is: the attacker who changed the address
 * may know it, so its owner is to reset it next.
 *
 * @throws AppError `auth/invalid-token` (401), `auth/token-expired` (401), `auth/email-already-exists` (409) when
 *   another account has confirmed that address meanwhile.
 */
export async function undoAddressChange(input: AddressUndoInput, client: Client): Promise<void> {
  const { email } = input;
  const userId = await db.$transaction(async (tx) => {
    const { userId } = await consumeAddressUndo(input, tx);
    await lockUser(userId, tx);
    await removeSquatter(email, userId, tx);
    await tx.user
      .update({ where: { id: userId }, data: { email, emailVerified: new Date() }, select: { id: true } })
      .catch(onDuplicate("auth/email-already-exists"));
    await endSessions(userId, tx);
    // As a reset does: the attacker may have linked their own.
    await removeAccounts(userId, tx, { OR: [{ email: null }, { email: { not: email } }] });
    await revokeEmailTokens(userId, tx);
    return userId;
  });
  log.info("auth.address-restored", { userId, ip: client.ip, requestId: client.requestId });
}

/**
 * The attacker who changed the address could have opened another account with the old one, to block its owner. The
 * token proves whose address it is; an account with it that was never confirmed is removed.
 */
async function removeSquatter(email: string, userId: string, tx: Transaction): Promise<void> {
  const holder = await tx.user.findUnique({
    where: { email },
    select: { id: true, emailVerified: true, role: true },
  });
  if (!holder || holder.id === userId) return;
  // No admin goes this way: they may be the last. Of no field: there is nothing to type in its place.
  if (holder.emailVerified || holder.role === "admin")
    throw new AppError("auth/email-already-exists", { problems: [] });
  await removeUser(holder.id, tx);
  afterResponse(sweepFiles);
}
