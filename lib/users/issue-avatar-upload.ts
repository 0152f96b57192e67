import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { type IssuedUpload, issueUpload } from "@/lib/files/stored-files";
import { ApiError } from "@/lib/http/errors";
import { imageTypeOfName } from "@/lib/images/image-types";
import type { AvatarUploadInput } from "./avatar-contract";
import { requireOwnUser } from "./own-user";

/**
 * Makes an address to which a person, or an admin for them, uploads a picture.
 *
 * @returns the address for one PUT within 15 minutes, and the key by which to register the picture.
 * @throws ApiError `user/not-found` (404), `user/forbidden` (403).
 * @see bkend: users, avatar upload
 */
export async function issueAvatarUpload(
  id: string,
  { filename, contentType = imageTypeOfName(filename) }: AvatarUploadInput,
  actor: Actor,
): Promise<IssuedUpload> {
  if (!contentType) throw new ApiError("file/invalid-format");
  await requireOwnUser(id, actor);
  return issueUpload({
    kind: "avatar",
    visibility: "public",
    ownerId: id,
    originalName: filename,
    mimeType: contentType,
  });
}
