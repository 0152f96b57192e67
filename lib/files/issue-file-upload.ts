import "server-only";
import type { UploadInput } from "./contract";
import { type IssuedUpload, issueUpload } from "./uploads/stored-files";

/**
 * Issues a signed URL to upload an image.
 *
 * @returns the URL for one PUT within 15 minutes, the key to register the image with, and the declared name and type.
 * @see bkend: storage, presigned upload
 */
export async function issueFileUpload(
  { filename, contentType, visibility }: UploadInput,
  ownerId: string,
): Promise<IssuedUpload & { filename: string; contentType: string }> {
  const issued = await issueUpload({
    kind: "file",
    visibility,
    ownerId,
    originalName: filename,
    mimeType: contentType,
  });
  return { ...issued, filename, contentType };
}
