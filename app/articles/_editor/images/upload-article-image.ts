import { type UploadMessages, uploadImage } from "@/app/_components/forms/upload-image";
import { issueImageUploadAction, registerImageAction } from "./image-actions";

/**
 * Uploads a picture for an article.
 *
 * @param onProgress is told how much is sent, from 0 to 1.
 * @returns the lasting address of the picture, as a path of this site.
 * @throws UploadError with a sentence that says why.
 */
export async function uploadArticleImage(
  picture: File,
  words: UploadMessages,
  onProgress: (sent: number) => void,
): Promise<string> {
  const { path } = await uploadImage(picture, words, {
    issue: issueImageUploadAction,
    register: ({ key, type }) =>
      registerImageAction({
        s3Key: key,
        originalName: picture.name,
        mimeType: type,
        size: picture.size,
      }),
    onProgress,
  });
  return path;
}
