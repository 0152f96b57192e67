import { type UploadWords, uploadPicture } from "@/app/_components/upload-picture";
import { issuePictureUploadAction, registerPictureAction } from "./picture-actions";

/**
 * Uploads a picture for an article.
 *
 * @param onProgress is told how much is sent, from 0 to 1.
 * @returns the lasting address of the picture, as a path of this site.
 * @throws UploadFailed with a sentence that says why.
 */
export async function uploadArticlePicture(
  picture: File,
  words: UploadWords,
  onProgress: (sent: number) => void,
): Promise<string> {
  const { path } = await uploadPicture(picture, words, {
    issue: issuePictureUploadAction,
    register: ({ key, type }) =>
      registerPictureAction({
        s3Key: key,
        originalName: picture.name,
        mimeType: type,
        size: picture.size,
      }),
    onProgress,
  });
  return path;
}
