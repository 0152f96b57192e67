import "server-only";
import { db, onDuplicate, type Transaction } from "@/lib/db";
import { sweepFiles } from "@/lib/files/sweep-files";
import { afterAnswer } from "@/lib/http/after-answer";
import type { Client } from "@/lib/http/client";
import { ApiError } from "@/lib/http/errors";
import { log } from "@/lib/log";
import { removeUser } from "@/lib/users/delete-user";
import { type AddressUndoInput, consumeAddressUndo } from "./address-undos";
import { revokeEmailTokens } from "./email-tokens";
import { holdUser } from "./hold-user";
import { removeAccounts } from "./remove-accounts";
import { endSessions } from "./sessions";

/**
 * Restores the address that an account had before it was changed, by the link that was mailed there. Every session
 * ends, and so does what was under way for the account. The password stays as it is: the attacker who changed the address
 * may know it, so its owner is to reset it next.
 *
 * @throws ApiError `auth/invalid-token` (401), `auth/token-expired` (401), `auth/email-already-exists` (409) when
 *   another account has confirmed that address meanwhile.
 */
export async function undoAddressChange(input: AddressUndoInput, client: Client): Promise<void> {
  const { email } = input;
  const userId = await db.$transaction(async (tx) => {
    const { userId } = await consumeAddressUndo(input, tx);
    await holdUser(userId, tx);
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
 * The attacker who changed the address could have opened another account with the old one, to be in the way of its owner. The
 * token proves whose address it is; an account with it that was never confirmed goes.
 */
async function removeSquatter(email: string, userId: string, tx: Transaction): Promise<void> {
  const holder = await tx.user.findUnique({ where: { email }, select: { id: true, emailVerified: true } });
  if (!holder || holder.id === userId) return;
  // Of no field: there is nothing that the person could type in its place.
  if (holder.emailVerified) throw new ApiError("auth/email-already-exists", { problems: [] });
  await removeUser(holder.id, tx);
  afterAnswer(sweepFiles);
}
