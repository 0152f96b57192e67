"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { actorOf } from "@/lib/access/actor";
import { endSessionContract } from "@/lib/auth/sessions/contract";
import { endOtherSessions, endOwnSession } from "@/lib/auth/sessions/list-sessions";
import { AppError } from "@/lib/core/errors";
import { deleteAccountForm, profileForm } from "@/lib/users/contract";
import { withdraw } from "@/lib/users/delete-user";
import { updateUser } from "@/lib/users/update-user";
import { formAction } from "@/lib/web/forms/form-action";
import {
  clearSessionCookie,
  currentClient,
  requireCurrentUser,
  requireCurrentUserOr401,
} from "@/lib/web/session/browser-session";

/** Updates the profile of the signed-in user. */
export const updateProfileAction = formAction(
  "update-profile",
  profileForm,
  async ({ name, nickname, bio, ...socialLinks }) => {
    const user = await requireCurrentUserOr401();
    await updateUser(user.id, { name, nickname, bio, socialLinks }, actorOf(user), await currentClient());
    redirect("/me/profile?saved");
  },
);

/** Ends one session of the signed-in user. */
export const endSessionAction = formAction("end-session", endSessionContract.params, async ({ id }) => {
  await endOwnSession(id, await requireCurrentUser("/me/sessions"), await currentClient());
  redirect("/me/sessions?ended=one");
});

/** Ends every session of the signed-in user but the current one. */
export const endOtherSessionsAction = formAction("end-other-sessions", z.object({}), async () => {
  await endOtherSessions(await requireCurrentUser("/me/sessions"), await currentClient());
  redirect("/me/sessions?ended=others");
});

/** Deletes the account of the signed-in user, who has to type its email address. */
export const deleteAccountAction = formAction("delete-account", deleteAccountForm, async ({ email }) => {
  const user = await requireCurrentUserOr401();
  if (email !== user.email) {
    throw new AppError("common/validation-error", { problems: [{ path: "email", message: "ownAddress" }] });
  }
  // Not `requireFreshCurrentUser`: the form would take its redirect for success, and delete the drafts.
  await withdraw(user, await currentClient());
  await clearSessionCookie();
  redirect("/goodbye");
});
