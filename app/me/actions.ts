"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { actorOf } from "@/lib/auth/actor";
import { endOtherSessions, endOwnSession } from "@/lib/auth/list-sessions";
import { endSessionContract } from "@/lib/auth/session-contract";
import { currentClient, forgetWebSession, requireFormUser, requireWebUser } from "@/lib/auth/web-session";
import { formAction } from "@/lib/form";
import { ApiError } from "@/lib/http/errors";
import { deleteAccountForm, profileForm } from "@/lib/users/contract";
import { withdraw } from "@/lib/users/delete-user";
import { updateUser } from "@/lib/users/update-user";

/** Changes what others see of oneself. */
export const updateProfileAction = formAction(
  "update-profile",
  profileForm,
  async ({ name, nickname, bio, ...socialLinks }) => {
    const user = await requireFormUser();
    await updateUser(user.id, { name, nickname, bio, socialLinks }, actorOf(user), await currentClient());
    redirect("/me/profile?saved");
  },
);

/** Signs one device out. */
export const endSessionAction = formAction("end-session", endSessionContract.params, async ({ id }) => {
  await endOwnSession(id, await requireWebUser("/me/sessions"), await currentClient());
  redirect("/me/sessions?ended=one");
});

/** Signs every device out but this one. */
export const endOtherSessionsAction = formAction("end-other-sessions", z.object({}), async () => {
  await endOtherSessions(await requireWebUser("/me/sessions"), await currentClient());
  redirect("/me/sessions?ended=others");
});

/** Deletes one's account, once its address is typed. */
export const deleteAccountAction = formAction("delete-account", deleteAccountForm, async ({ email }) => {
  const user = await requireWebUser("/me/data");
  if (email !== user.email) {
    throw new ApiError("common/validation-error", { problems: [{ path: "email", message: "ownAddress" }] });
  }
  // Where they have to prove first who they are, the form says so and stays: a redirect would tell it that all is done.
  await withdraw(user, await currentClient());
  await forgetWebSession();
  redirect("/goodbye");
});
