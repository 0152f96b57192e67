import "server-only";
import type { Actor } from "@/lib/access/actor";
import { requireAdmin } from "@/lib/access/require-admin";
import { requireOwnUser } from "@/lib/access/require-own-user";
import { recordAudit } from "@/lib/audit/record-audit";
import { removeSecondFactor } from "@/lib/auth/factors/second-factor";
import { type LockedUser, lockSession } from "@/lib/auth/sessions/lock-session";
import { endSessions } from "@/lib/auth/sessions/sessions";
import type { Client } from "@/lib/core/client";
import { db, type Transaction } from "@/lib/core/db";
import { AppError, type FieldProblem } from "@/lib/core/errors";
import { afterResponse } from "@/lib/email/after-response";
import { prepareNotice, type QueueNotice } from "@/lib/email/prepare-notice";
import { sweepFiles } from "@/lib/files/sweep-files";
import { registerFile } from "@/lib/files/uploads/stored-files";
import type { Role } from "@/lib/generated/prisma/enums";
import { absoluteImageUrl } from "@/lib/images/image-url";
import { log } from "@/lib/runtime/log";
import { findAvatarByUrl, saveAvatar } from "./avatars/avatars";
import type { User, UserPatch } from "./contract";
import { getUser } from "./get-user";
import { requireOtherAdmin } from "./require-other-admin";

/** Only of other users. Their changes have audit entries of their own. */
const rightsFields = ["role", "banned", "mfaEnabled"] as const;

type UpdateOptions = {
  /** The `updatedAt` of the version that the admin decided on: a later version is not changed. */
  unchangedSince?: Date;
  /** Why the user is banned: mailed to them and recorded in the audit log. */
  reason?: string;
};

/**
 * Updates a profile. An empty patch changes nothing. Admins may also change the role of another user, ban them, which
 * ends their sessions, and remove their second factor, which is mailed to them.
 *
 * @throws AppError `user/not-found` (404), `user/forbidden` (403), `user/last-admin`, `user/changed-meanwhile` (409),
 *   `common/validation-error` (400) for the caller's own role or ban, and for an image that is not the user's; as
 *   `setAvatar` for one that was just uploaded.
 * @see bkend: users, update
 */
export async function updateUser(
  id: string,
  patch: UserPatch,
  actor: Actor,
  client: Client,
  { unchangedSince, reason }: UpdateOptions = {},
): Promise<User> {
  const { image: presentImage, email, emailVerified } = await requireOwnUser(id, actor);
  const { socialLinks, banned, mfaEnabled, image, role, ...fields } = patch;
  const changesImage = image !== undefined && image !== (presentImage && absoluteImageUrl(presentImage));
  const uploaded = changesImage && image !== null ? await findAvatarByUrl(id, image) : null;
  const problems: FieldProblem[] = rightsFields
    .filter((field) => patch[field] !== undefined && actor.userId === id)
    .map((path) => ({ path, message: "notOwnAccount" }));
  if (changesImage && image !== null && !uploaded) problems.push({ path: "image", message: "ownImage" });
  if (problems.length > 0) throw new AppError("common/validation-error", { problems });

  if (Object.keys(patch).length > 0) {
    const avatar = uploaded && (await registerFile(uploaded));
    const links = socialLinks === null ? { github: null, twitter: null, linkedin: null } : socialLinks;
    const changesRights = role !== undefined || banned !== undefined;
    const owner = { id, email, emailVerified };
    const queueBanNotice =
      banned && reason !== undefined
        ? await prepareNotice(owner, { template: "account-banned", reason })
        : undefined;
    const queueFactorNotice =
      mfaEnabled === false ? await prepareNotice(owner, { template: "second-factor-removed" }) : undefined;
    await db.$transaction(async (tx) => {
      const locked = await lockSession(actor, tx, id, { withAdmins: changesRights });
      const before = await requireUnchanged(id, unchangedSince, tx);
      if (changesRights)
        await changeRights(before, { role, banned, reason, queueBanNotice }, actor, locked, tx);
      if (Object.keys({ ...fields, ...links }).length > 0) {
        await tx.user.update({ where: { id }, data: { ...fields, ...links }, select: { id: true } });
      }
      if (changesImage && !(await saveAvatar(id, avatar, tx))) throw new AppError("file/not-found");
      if (mfaEnabled === false && (await removeSecondFactor(id, tx))) {
        await queueFactorNotice?.(tx);
        const details = { name: before.name };
        await recordAudit(actor, { action: "user.mfa-disabled", targetId: id, ownerId: id, details }, tx);
      }
      const changed = Object.keys(patch).filter((field) => !rightsFields.some((name) => name === field));
      if (changed.length > 0) {
        const details = { name: before.name, fields: changed };
        await recordAudit(actor, { action: "user.profile-changed", targetId: id, ownerId: id, details }, tx);
      }
    });
    if (changesImage) afterResponse(sweepFiles);
    if (changesRights || mfaEnabled !== undefined) {
      log.info("user.rights-changed", {
        userId: id,
        by: actor.userId,
        banned,
        role,
        mfaEnabled,
        requestId: client.requestId,
      });
    }
  }
  return getUser(id, actor);
}

/**
 * Changes the role of another user.
 *
 * @throws AppError as `updateUser`, and `user/forbidden` (403) for callers who are not admins.
 * @see bkend: users, role
 */
export async function changeRole(id: string, role: Role, actor: Actor, client: Client): Promise<User> {
  await requireOwnUser(id, actor);
  requireAdmin(actor);
  return updateUser(id, { role }, actor, client);
}

type Rights = {
  role: Role | undefined;
  banned: boolean | undefined;
  reason: string | undefined;
  queueBanNotice: QueueNotice | undefined;
};

type UserBefore = Awaited<ReturnType<typeof requireUnchanged>>;

async function changeRights(
  before: UserBefore,
  { role = before.role, banned = before.bannedAt !== null, reason, queueBanNotice }: Rights,
  actor: Actor,
  locked: LockedUser[],
  tx: Transaction,
): Promise<void> {
  const { id, name } = before;
  if (role !== "admin" || banned) requireOtherAdmin(id, locked);
  const bannedAt = banned ? (before.bannedAt ?? new Date()) : null;
  await tx.user.update({ where: { id }, data: { role, bannedAt }, select: { id: true } });
  const target = { targetId: id, ownerId: id };
  if (role !== before.role) {
    const details = { name, from: before.role, to: role };
    await recordAudit(actor, { action: "user.role-changed", ...target, details }, tx);
  }
  if (banned === (before.bannedAt !== null)) return;
  if (!banned) return recordAudit(actor, { action: "user.unbanned", ...target, details: { name } }, tx);
  await endSessions(id, tx);
  const details = { name, ...(reason !== undefined && { reason }) };
  await recordAudit(actor, { action: "user.banned", ...target, details }, tx);
  await queueBanNotice?.(tx);
}

/** Reads a user whose row is locked. */
async function requireUnchanged(id: string, unchangedSince: Date | undefined, tx: Transaction) {
  const user = await tx.user.findUniqueOrThrow({
    where: { id },
    select: { id: true, name: true, role: true, bannedAt: true, updatedAt: true },
  });
  if (unchangedSince && user.updatedAt.getTime() !== unchangedSince.getTime()) {
    throw new AppError("user/changed-meanwhile");
  }
  return user;
}
