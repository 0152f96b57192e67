import "server-only";
import { actorOf } from "@/lib/access/actor";
import { requireAnotherSignInMethod } from "@/lib/auth/methods/sign-in-methods";
import type { CurrentUser } from "@/lib/auth/sessions/current-user";
import { lockSession } from "@/lib/auth/sessions/lock-session";
import { requireRecentAuthentication } from "@/lib/auth/sessions/recent-authentication";
import { endSessions } from "@/lib/auth/sessions/sessions";
import type { Client } from "@/lib/core/client";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { prepareNotice } from "@/lib/email/prepare-notice";
import { type Page, paginate } from "@/lib/lists/pagination";
import { log } from "@/lib/runtime/log";
import type { ListedPasskey, PasskeyListQuery } from "./contract";

/** Neither keys nor credential ids. */
export const listedFields = { id: true, name: true, createdAt: true, lastUsedAt: true } as const;

/** Lists the passkeys of a user, the newest first. */
export async function listPasskeys(
  { page, limit }: PasskeyListQuery,
  user: { id: string },
): Promise<Page<ListedPasskey>> {
  const where = { userId: user.id };
  const [items, total] = await Promise.all([
    db.passkey.findMany({
      where,
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      skip: (page - 1) * limit,
      take: limit,
      select: listedFields,
    }),
    db.passkey.count({ where }),
  ]);
  return { items, pagination: paginate(total, { page, limit }) };
}

/**
 * @returns a passkey of the user.
 * @throws AppError `auth/passkey-not-found` (404), also for another user's.
 */
export async function getPasskey(id: string, user: { id: string }): Promise<ListedPasskey> {
  const passkey = await db.passkey.findUnique({ where: { id, userId: user.id }, select: listedFields });
  if (!passkey) throw new AppError("auth/passkey-not-found");
  return passkey;
}

/**
 * Renames a passkey of the user.
 *
 * @throws AppError `auth/passkey-not-found` (404), also for another user's, and as `lockSession`.
 */
export async function renamePasskey(
  id: string,
  { name }: { name?: string | undefined },
  user: CurrentUser,
): Promise<ListedPasskey> {
  if (name !== undefined) {
    await db.$transaction(async (tx) => {
      await lockSession(actorOf(user), tx);
      await tx.passkey.updateMany({ where: { id, userId: user.id }, data: { name } });
    });
  }
  return getPasskey(id, user);
}

/**
 * Removes a passkey of the user, ends the sessions that it opened, and mails a notice.
 *
 * @throws AppError `auth/reauthentication-required` (403), `auth/passkey-not-found` (404), also for another user's,
 *   `auth/cannot-unlink-last-account` (400), and as `lockSession`.
 */
export async function removePasskey(id: string, user: CurrentUser, client: Client): Promise<void> {
  await getPasskey(id, user);
  requireRecentAuthentication(user);
  const queueNotice = await prepareNotice(user, { template: "passkey-removed" });
  await db.$transaction(async (tx) => {
    await lockSession(actorOf(user), tx);
    const passkey = await tx.passkey.findUnique({ where: { id, userId: user.id }, select: { id: true } });
    if (!passkey) throw new AppError("auth/passkey-not-found");
    await requireAnotherSignInMethod(user.id, tx);
    await endSessions(user.id, tx, { passkeyId: id });
    await tx.passkey.deleteMany({ where: { id, userId: user.id } });
    await queueNotice(tx);
  });
  log.info("auth.passkey-removed", { userId: user.id, passkeyId: id }, client);
}
