"use server";

import { redirect } from "next/navigation";
import { actorOf } from "@/lib/auth/actor";
import { currentClient, requireWebUser } from "@/lib/auth/web-session";
import { formAction } from "@/lib/form";
import { profileForm } from "@/lib/users/contract";
import { updateUser } from "@/lib/users/update-user";

/** Changes what others see of oneself. */
export const updateProfileAction = formAction(
  profileForm,
  async ({ name, nickname, bio, ...socialLinks }) => {
    const user = await requireWebUser("/me/profile");
    await updateUser(user.id, { name, nickname, bio, socialLinks }, actorOf(user), await currentClient());
    redirect("/me/profile?saved");
  },
);
