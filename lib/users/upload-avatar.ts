import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { describePicture, type SentPicture } from "@/lib/files/sent-picture";
import { writeUpload } from "@/lib/files/stored-files";
import { requireOwnUser } from "./own-user";
import { setAvatar } from "./set-avatar";

/**
 * Makes a picture that the site already holds somebody's avatar.
 *
 * @returns the address of the picture.
 * @throws ApiError as `setAvatar`, and `file/invalid-name` (400).
 */
export async function uploadAvatar(
  id: string,
  picture: SentPicture,
  actor: Actor,
): Promise<{ image: string }> {
  await requireOwnUser(id, actor);
  const upload = {
    kind: "avatar",
    visibility: "public",
    ownerId: id,
    ...describePicture(picture),
  } as const;
  return setAvatar(id, await writeUpload(upload, picture.bytes), actor);
}
