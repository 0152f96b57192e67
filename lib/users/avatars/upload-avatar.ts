import "server-only";
import type { Actor } from "@/lib/access/actor";
import { requireOwnUser } from "@/lib/access/require-own-user";
import { discardRefused } from "@/lib/files/uploads/discard-refused";
import { writeUpload } from "@/lib/files/uploads/stored-files";
import { describeImage, type UploadedImage } from "@/lib/files/uploads/uploaded-image";
import { setAvatar } from "./set-avatar";

/**
 * Stores an image and makes it the avatar of a user.
 *
 * @returns the URL of the image.
 * @throws AppError as `setAvatar`, and `file/invalid-name` (400).
 */
export async function uploadAvatar(
  id: string,
  picture: UploadedImage,
  actor: Actor,
): Promise<{ image: string }> {
  await requireOwnUser(id, actor);
  const upload = {
    kind: "avatar",
    visibility: "public",
    ownerId: id,
    ...describeImage(picture),
  } as const;
  const key = await writeUpload(upload, picture.bytes);
  return discardRefused(key, () => setAvatar(id, key, actor));
}
