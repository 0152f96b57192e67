"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { actorOf } from "@/lib/auth/actor";
import { requireFormUser, requireWebUser } from "@/lib/auth/web-session";
import { formAction, scriptAction } from "@/lib/form";
import { issueAvatarUploadContract, setAvatarContract } from "@/lib/users/avatar-contract";
import { issueAvatarUpload } from "@/lib/users/issue-avatar-upload";
import { removeAvatar } from "@/lib/users/remove-avatar";
import { setAvatar } from "@/lib/users/set-avatar";

/** Makes an address to upload a picture of oneself to. */
export const issueAvatarUploadAction = scriptAction(
  "issue-avatar-upload",
  issueAvatarUploadContract.body,
  async (input) => {
    const user = await requireFormUser();
    const { url, key } = await issueAvatarUpload(user.id, input, actorOf(user));
    return { url, key };
  },
);

/** Makes the picture that was uploaded there one's avatar. */
export const setAvatarAction = scriptAction("set-avatar", setAvatarContract.body, async ({ s3Key }) => {
  const user = await requireFormUser();
  return setAvatar(user.id, s3Key, actorOf(user));
});

/** Takes one's picture away. */
export const removeAvatarAction = formAction("remove-avatar", z.object({}), async () => {
  const user = await requireWebUser("/me/profile");
  await removeAvatar(user.id, actorOf(user));
  redirect("/me/profile?picture=removed");
});
