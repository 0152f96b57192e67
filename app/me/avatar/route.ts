import { actorOf } from "@/lib/access/actor";
import { uploadAvatar } from "@/lib/users/avatars/upload-avatar";
import { handleImageForm } from "@/lib/web/forms/image-form";

/** Receives the avatar from the profile's form if the browser runs no JavaScript. */
export async function POST(request: Request): Promise<Response> {
  return handleImageForm(request, "/me/profile", (image, user) =>
    uploadAvatar(user.id, image, actorOf(user)),
  );
}
