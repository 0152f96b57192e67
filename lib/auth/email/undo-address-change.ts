import "server-only";
import { lockUser } from "@/lib/auth/accounts/lock-user";
import { removeAccounts } from "@/lib/auth/factors/remove-accounts";
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
 * Restores the previous address of an account, by the link that was mailed to it. One that was never verified stays so:
 * its reader, who may be a stranger, gets no more than before the change. Every session ends, and the account's
 * mailed tokens are revoked. The password stays: the attacker who changed the address may know it, so the owner has to
 * reset it next.
 *
 * @throws AppError `auth/invalid-token` (401), `auth/token-expired` (401), `auth/email-already-exists` (409) when
 *   another account has confirmed that address meanwhile.
 */
export async function undoAddressChange(input: AddressUndoInput, client: Client): Promise<void> {
  const { email } = input;
  const userId = await db.$transaction(async (tx) => {
    const { userId, emailVerified } = await consumeAddressUndo(input, tx);
    await lockUser(userId, tx);
    if (emailVerified) await removeUnverifiedHolder(email, userId, tx);
    await tx.user
      .update({ where: { id: userId }, data: { email, emailVerified }, select: { id: true } })
      .catch(onDuplicate("auth/email-already-exists"));
    await endSessions(userId, tx);
    // As a password reset does: the attacker may have linked an account of theirs.
    await removeAccounts(userId, tx, { OR: [{ email: null }, { email: { not: email } }] });
    await revokeEmailTokens(userId, tx);
    return userId;
  });
  log.info("auth.address-restored", { userId }, client);
}

/**
 * Removes an unconfirmed account with the address: the attacker who changed the address could have opened it to block
 * the owner, who proves with the token that the address is theirs.
 */
async function removeUnverifiedHolder(email: string, userId: string, tx: Transaction): Promise<void> {
  const holder = await tx.user.findUnique({
    where: { email },
    select: { id: true, emailVerified: true, role: true },
  });
  if (!holder || holder.id === userId) return;
  // An admin is never removed: they may be the last.
  if (holder.emailVerified || holder.role === "admin") throw new AppError("auth/email-already-exists");
  await removeUser(holder.id, tx);
  afterResponse(sweepFiles);
}
