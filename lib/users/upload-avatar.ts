import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { writeUpload } from "@/lib/files/stored-files";
import { fileName } from "@/lib/files/upload-contract";
import { ApiError } from "@/lib/http/errors";
import { imageTypeOfBytes } from "@/lib/images/image-shape";
import { maxImageBytes } from "@/lib/images/image-types";
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
  { filename, bytes }: { filename: string; bytes: Buffer },
  actor: Actor,
): Promise<{ image: string }> {
  await requireOwnUser(id, actor);
  if (!fileName.safeParse(filename).success) throw new ApiError("file/invalid-name");
  const mimeType = imageTypeOfBytes(bytes);
  if (!mimeType) throw new ApiError("file/invalid-format");
  if (bytes.length > maxImageBytes) throw new ApiError("file/file-too-large");

  const upload = {
    kind: "avatar",
    visibility: "public",
    ownerId: id,
    originalName: filename,
    mimeType,
  } as const;
  return setAvatar(id, await writeUpload(upload, bytes), actor);
}
