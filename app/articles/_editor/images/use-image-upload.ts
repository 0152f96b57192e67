import { UploadError, uploadImage } from "@/app/_components/forms/upload-image";
import { useEditor } from "@/app/articles/_editor/context/editor-provider";
import { issueImageUploadAction, registerImageAction } from "./image-actions";

type Outcome = { path: string } | { problem: string };

/**
 * Uploads images for the article, which cannot be submitted meanwhile.
 *
 * @returns a function that uploads one image and reports its progress from 0 to 1. It returns the permanent path of the
 *   image on this site, or an error message for the user.
 */
export function useImageUpload(): (image: File, onProgress: (sent: number) => void) => Promise<Outcome> {
  const { messages, beginUpload } = useEditor();
  return async (image, onProgress) => {
    const endUpload = beginUpload();
    try {
      return await uploadImage(image, messages, {
        issue: issueImageUploadAction,
        register: ({ key, type }) =>
          registerImageAction({ s3Key: key, originalName: image.name, mimeType: type, size: image.size }),
        onProgress,
      });
    } catch (error) {
      return { problem: error instanceof UploadError ? error.message : messages.uploadFailed };
    } finally {
      endUpload();
    }
  };
}
