import { actorOf } from "@/lib/access/actor";
import { uploadAvatar } from "@/lib/users/avatars/upload-avatar";
import { handleImageForm } from "@/lib/web/forms/image-form";

/** Receives the avatar from the plain form of the profile. */
export async function POST(request: Request): Promise<Response> {
  return handleImageForm(request, "/me/profile", (picture, user) =>
    uploadAvatar(user.id, picture, actorOf(user)),
  );
}
