import "server-only";
import type { Actor } from "@/lib/access/actor";
import { requireOwnUser } from "@/lib/access/require-own-user";
import { AppError } from "@/lib/core/errors";
import { type IssuedUpload, issueUpload } from "@/lib/files/uploads/stored-files";
import { imageTypeOfName } from "@/lib/images/image-types";
import type { AvatarUploadInput } from "./contract";

/**
 * Issues a URL to which a user, or an admin for them, uploads an image.
 *
 * @returns the URL for one PUT within 15 minutes, and the key to register the image with.
 * @throws AppError `user/not-found` (404), `user/forbidden` (403).
 * @see bkend: users, avatar upload
 */
export async function issueAvatarUpload(
  id: string,
  { filename, contentType = imageTypeOfName(filename) }: AvatarUploadInput,
  actor: Actor,
): Promise<IssuedUpload> {
  if (!contentType) throw new AppError("file/invalid-format");
  await requireOwnUser(id, actor);
  return issueUpload({
    kind: "avatar",
    visibility: "public",
    ownerId: id,
    originalName: filename,
    mimeType: contentType,
  });
}
