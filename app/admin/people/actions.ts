"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { actorOf } from "@/lib/access/actor";
import { moderation } from "@/lib/admin/contract";
import { userParams } from "@/lib/core/fields";
import { changeRoleContract } from "@/lib/users/contract";
import { endUserSessions } from "@/lib/users/end-user-sessions";
import { updateUser } from "@/lib/users/update-user";
import { currentClient } from "@/lib/web/session/browser-session";
import { adminAction } from "../require-admin-or-404";

const target = userParams.extend(moderation.pick({ updatedAt: true }).shape);

/** Changes the role of a user. */
export const changeRoleAction = adminAction(
  "admin-change-role",
  target.extend(changeRoleContract.body.shape),
  async ({ userId, updatedAt, role }, admin) => {
    const options = { unchangedSince: updatedAt };
    await updateUser(userId, { role }, actorOf(admin), await currentClient(), options);
    redirect(`/admin/people/${userId}?done=role`);
  },
);

/** Bans a user and mails them the reason. */
export const banAction = adminAction(
  "admin-ban",
  target.extend(moderation.pick({ reason: true }).shape),
  async ({ userId, updatedAt, reason }, admin) => {
    const options = { unchangedSince: updatedAt, reason };
    await updateUser(userId, { banned: true }, actorOf(admin), await currentClient(), options);
    redirect(`/admin/people/${userId}?done=banned`);
  },
);

/** Lifts the ban of a user. */
export const unbanAction = adminAction("admin-unban", target, async ({ userId, updatedAt }, admin) => {
  const options = { unchangedSince: updatedAt };
  await updateUser(userId, { banned: false }, actorOf(admin), await currentClient(), options);
  redirect(`/admin/people/${userId}?done=unbanned`);
});

/** Removes the second factor of a user, who gets a mail. */
export const removeSecondFactorAction = adminAction(
  "admin-remove-second-factor",
  target,
  async ({ userId, updatedAt }, admin) => {
    const options = { unchangedSince: updatedAt };
    await updateUser(userId, { mfaEnabled: false }, actorOf(admin), await currentClient(), options);
    redirect(`/admin/people/${userId}?done=secondFactor`);
  },
);

/** Ends one session of a user, or all of them. */
export const endUserSessionsAction = adminAction(
  "admin-end-sessions",
  userParams.extend({ sessionId: z.uuid().optional() }),
  async ({ userId, sessionId }, admin) => {
    await endUserSessions({ userId, sessionId }, actorOf(admin), await currentClient());
    redirect(`/admin/people/${userId}?done=sessions`);
  },
);
