"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { actorOf } from "@/lib/access/actor";
import { issueAvatarUploadContract, setAvatarContract } from "@/lib/users/avatars/contract";
import { issueAvatarUpload } from "@/lib/users/avatars/issue-avatar-upload";
import { removeAvatar } from "@/lib/users/avatars/remove-avatar";
import { setAvatar } from "@/lib/users/avatars/set-avatar";
import { formAction, scriptAction } from "@/lib/web/forms/form-action";
import { requireCurrentUser, requireCurrentUserOr401 } from "@/lib/web/session/browser-session";

/** Issues a signed URL for the upload of an avatar. */
export const issueAvatarUploadAction = scriptAction(
  "issue-avatar-upload",
  issueAvatarUploadContract.body,
  async (input) => {
    const user = await requireCurrentUserOr401();
    const { url, key } = await issueAvatarUpload(user.id, input, actorOf(user));
    return { url, key };
  },
);

/** Sets the uploaded image as the avatar. */
export const setAvatarAction = scriptAction("set-avatar", setAvatarContract.body, async ({ s3Key }) => {
  const user = await requireCurrentUserOr401();
  return setAvatar(user.id, s3Key, actorOf(user));
});

/** Removes the avatar. */
export const removeAvatarAction = formAction("remove-avatar", z.object({}), async () => {
  const user = await requireCurrentUser("/me/profile");
  await removeAvatar(user.id, actorOf(user));
  redirect("/me/profile?picture=removed");
});
