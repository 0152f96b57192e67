import "server-only";
import type { Actor } from "@/lib/access/actor";
import { requireOwnUser } from "@/lib/access/require-own-user";
import { removeSecondFactor } from "@/lib/auth/factors/second-factor";
import { queueSecondFactorNotice } from "@/lib/auth/second-factor";
import { lockSession } from "@/lib/auth/sessions/lock-session";
import { endSessions } from "@/lib/auth/sessions/sessions";
import type { Client } from "@/lib/core/client";
import { db } from "@/lib/core/db";
import { AppError, type FieldProblem } from "@/lib/core/errors";
import { afterResponse } from "@/lib/email/after-response";
import { sweepFiles } from "@/lib/files/sweep-files";
import { absoluteImageUrl } from "@/lib/images/image-url";
import { log } from "@/lib/runtime/log";
import { findAvatarByUrl, registerAvatar, saveAvatar } from "./avatars/avatars";
import type { User, UserPatch } from "./contract";
import { getUser } from "./get-user";

/**
 * Changes a profile. What the patch does not name stays; an empty patch changes nothing. Admins may also give a
 * role, ban a user, whose sessions end with that, and take a second factor off, which is mailed.
 *
 * @throws AppError `user/not-found` (404), `user/forbidden` (403), `common/validation-error` (400) for a role or a
 *   ban of one's own, and for a picture that is not one's own; as `setAvatar` for one that was just uploaded.
 * @see bkend: users, update
 */
export async function updateUser(id: string, patch: UserPatch, actor: Actor, client: Client): Promise<User> {
  const { image: presentImage } = await requireOwnUser(id, actor);
  const { socialLinks, banned, mfaEnabled, image, ...fields } = patch;
  const changesImage = image !== undefined && image !== (presentImage && absoluteImageUrl(presentImage));
  const uploaded = changesImage && image !== null ? await findAvatarByUrl(id, image) : null;
  refuseProblems([
    ...(patch.role !== undefined && actor.userId === id ? [notFromOneself("role")] : []),
    ...(banned !== undefined && actor.userId === id ? [notFromOneself("banned")] : []),
    ...(mfaEnabled !== undefined && actor.userId === id ? [notFromOneself("mfaEnabled")] : []),
    ...(changesImage && image !== null && !uploaded
      ? [{ path: "image", message: "ownImage" } satisfies FieldProblem]
      : []),
  ]);

  if (Object.keys(patch).length > 0) {
    const avatar = uploaded && (await registerAvatar(uploaded));
    const links = socialLinks === null ? { github: null, twitter: null, linkedin: null } : socialLinks;
    await db.$transaction(async (tx) => {
      await lockSession(actor, tx, id);
      await tx.user.update({
        where: { id },
        data: { ...fields, ...links, ...(banned !== undefined && { bannedAt: banned ? new Date() : null }) },
        select: { id: true },
      });
      if (changesImage && !(await saveAvatar(id, avatar, tx))) throw new AppError("file/not-found");
      if (banned) await endSessions(id, tx);
      if (mfaEnabled === false && (await removeSecondFactor(id, tx))) {
        await queueSecondFactorNotice("second-factor-removed", id, tx);
      }
    });
    if (changesImage) afterResponse(sweepFiles);
    if (banned !== undefined || patch.role !== undefined || mfaEnabled !== undefined) {
      log.info("user.rights-changed", {
        userId: id,
        by: actor.userId,
        banned,
        role: patch.role,
        mfaEnabled,
        requestId: client.requestId,
      });
    }
  }
  return getUser(id, actor);
}

function notFromOneself(path: string): FieldProblem {
  return { path, message: "notFromOneself" };
}

function refuseProblems(problems: FieldProblem[]): void {
  if (problems.length > 0) throw new AppError("common/validation-error", { problems });
}
