import { actorOf } from "@/lib/auth/actor";
import { answerPictureForm } from "@/lib/picture-form";
import { uploadAvatar } from "@/lib/users/upload-avatar";

/** Takes one's picture from the plain form of the profile. */
export async function POST(request: Request): Promise<Response> {
  return answerPictureForm(request, "/me/profile", (picture, user) =>
    uploadAvatar(user.id, picture, actorOf(user)),
  );
}
