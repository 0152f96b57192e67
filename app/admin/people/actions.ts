"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { actorOf } from "@/lib/access/actor";
import { moderation } from "@/lib/admin/contract";
import { userParams } from "@/lib/core/fields";
import { changeRoleContract, type UserPatch } from "@/lib/users/contract";
import { endUserSessions } from "@/lib/users/end-user-sessions";
import { updateUser } from "@/lib/users/update-user";
import { currentClient } from "@/lib/web/session/browser-session";
import { adminAction } from "../require-admin-or-404";

const target = userParams.extend(moderation.pick({ updatedAt: true }).shape);

/**
 * An action that changes a user, unless another change was made since the admin loaded the page.
 *
 * @param done the outcome that the page shows afterwards.
 * @param changeOf maps the form's input to the change.
 */
function changeUserAction<Schema extends typeof target>(
  name: string,
  schema: Schema,
  done: string,
  changeOf: (input: z.output<Schema>) => { patch: UserPatch; reason?: string },
) {
  return adminAction(name, schema, async (input, admin) => {
    const { patch, ...options } = { ...changeOf(input), unchangedSince: input.updatedAt };
    await updateUser(input.userId, patch, actorOf(admin), await currentClient(), options);
    redirect(`/admin/people/${input.userId}?done=${done}`);
  });
}

/** Changes the role of a user. */
export const changeRoleAction = changeUserAction(
  "admin-change-role",
  target.extend(changeRoleContract.body.shape),
  "role",
  ({ role }) => ({ patch: { role } }),
);

/** Bans a user and emails them the reason. */
export const banAction = changeUserAction(
  "admin-ban",
  target.extend(moderation.pick({ reason: true }).shape),
  "banned",
  ({ reason }) => ({ patch: { banned: true }, reason }),
);

/** Lifts the ban of a user. */
export const unbanAction = changeUserAction("admin-unban", target, "unbanned", () => ({
  patch: { banned: false },
}));

/** Removes the second factor of a user, who gets an email. */
export const removeSecondFactorAction = changeUserAction(
  "admin-remove-second-factor",
  target,
  "secondFactor",
  () => ({ patch: { mfaEnabled: false } }),
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
