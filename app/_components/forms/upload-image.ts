import type { Messages } from "@/lib/i18n/messages/en";
import { type ImageType, imageTypeOfName, isImageType, maxImageBytes } from "@/lib/images/image-types";
import type { ScriptAnswer } from "@/lib/web/forms/form-action";

/** Includes the messages of the error codes that the browser detects itself. */
export type UploadMessages = {
  errors: Pick<Messages["errors"], "file/file-too-large" | "file/invalid-format">;
  uploadFailed: string;
};

/** Picks the messages that a client component needs to upload an image. */
export function uploadMessages({ errors }: Pick<Messages, "errors">, uploadFailed: string): UploadMessages {
  return {
    uploadFailed,
    errors: {
      "file/file-too-large": errors["file/file-too-large"],
      "file/invalid-format": errors["file/invalid-format"],
    },
  };
}

/** The upload failed; the message is a sentence for the user. */
export class UploadError extends Error {
  override name = "UploadError";
}

/** The steps that differ between avatars, covers and other images. */
type UploadSteps<Registered> = {
  /** Issues a signed URL to upload to. */
  issue: (requested: {
    filename: string;
    contentType: ImageType;
  }) => Promise<ScriptAnswer<{ url: string; key: string }>>;
  /** Registers the uploaded image for its purpose, such as an avatar. */
  register: (uploaded: { key: string; type: ImageType }) => Promise<ScriptAnswer<Registered>>;
  /** Receives the fraction sent, from 0 to 1. */
  onProgress: (sent: number) => void;
};

/**
 * Uploads an image: requests a signed URL, sends the file there and registers it.
 *
 * @returns what `register` returned.
 * @throws UploadError with a message for the user.
 */
export async function uploadImage<Registered>(
  file: File,
  { errors, uploadFailed }: UploadMessages,
  { issue, register, onProgress }: UploadSteps<Registered>,
): Promise<Registered> {
  const type = isImageType(file.type) ? file.type : imageTypeOfName(file.name);
  if (!type) throw new UploadError(errors["file/invalid-format"]);
  if (file.size > maxImageBytes) throw new UploadError(errors["file/file-too-large"]);
  try {
    const { url, key } = resultOf(await issue({ filename: file.name, contentType: type }));
    await putImage(url, file, { type, onProgress });
    return resultOf(await register({ key, type }));
  } catch (error) {
    // Any other error comes from the network or an unavailable server.
    throw error instanceof UploadError && error.message ? error : new UploadError(uploadFailed);
  }
}

function resultOf<Result>(answer: ScriptAnswer<Result>): Result {
  if ("error" in answer) throw new UploadError(answer.error);
  return answer.result;
}

/**
 * Sends an image to a signed URL, by `XMLHttpRequest` because `fetch` does not report upload progress.
 *
 * @param options.onProgress receives the fraction sent, from 0 to 1.
 * @throws UploadError with the server's message, or an empty one if the response has none.
 */
function putImage(
  url: string,
  file: File,
  { type, onProgress }: { type: string; onProgress: (sent: number) => void },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("PUT", url);
    request.setRequestHeader("Content-Type", type);
    // Requests errors in the language of the page, not in the browser's.
    request.setRequestHeader("Accept-Language", document.documentElement.lang);
    request.upload.onprogress = ({ lengthComputable, loaded, total }) => {
      if (lengthComputable && total > 0) onProgress(loaded / total);
    };
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve();
      else reject(new UploadError(parseErrorMessage(request.responseText)));
    };
    request.onerror = () => reject(new UploadError());
    request.ontimeout = () => reject(new UploadError());
    request.send(file);
  });
}

/** Returns an empty string for the XML errors of a bucket, which are not meant for users. */
function parseErrorMessage(body: string): string {
  try {
    const { details, message } = JSON.parse(body).error;
    // The detail says more exactly what is wrong with the image.
    const bestMessage: unknown = details?.[0]?.message ?? message;
    return typeof bestMessage === "string" ? bestMessage : "";
  } catch {
    return "";
  }
}
