import { putPicture, UploadFailed } from "@/app/_components/put-picture";
import { imageTypeOfName, isImageType, maxImageBytes } from "@/lib/images/image-types";
import { issuePictureUploadAction, registerPictureAction } from "./picture-actions";

export type UploadWords = Record<"tooLarge" | "wrongType" | "uploadFailed", string>;

/**
 * Uploads a picture for an article: asks where to, sends it, and puts it to use.
 *
 * @param onProgress is told how much is sent, from 0 to 1.
 * @returns the lasting address of the picture, as a path of this site.
 * @throws UploadFailed with a sentence that says why.
 */
export async function uploadPicture(
  picture: File,
  words: UploadWords,
  onProgress: (sent: number) => void,
): Promise<string> {
  const type = isImageType(picture.type) ? picture.type : imageTypeOfName(picture.name);
  if (!type) throw new UploadFailed(words.wrongType);
  if (picture.size > maxImageBytes) throw new UploadFailed(words.tooLarge);
  try {
    const issued = await issuePictureUploadAction({ filename: picture.name, contentType: type });
    if ("error" in issued) throw new UploadFailed(issued.error);
    const { url, key } = issued.result;
    await putPicture(url, picture, { type, onProgress });
    const registered = await registerPictureAction({
      s3Key: key,
      originalName: picture.name,
      mimeType: type,
      size: picture.size,
    });
    if ("error" in registered) throw new UploadFailed(registered.error);
    return registered.result.path;
  } catch (error) {
    // The network, or a server that is away.
    throw error instanceof UploadFailed && error.message ? error : new UploadFailed(words.uploadFailed);
  }
}
