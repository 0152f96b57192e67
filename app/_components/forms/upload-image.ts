import type { Messages } from "@/lib/i18n/messages/en";
import { type ImageType, imageTypeOfName, isImageType, maxImageBytes } from "@/lib/images/image-types";
import type { ScriptAnswer } from "@/lib/web/forms/form-action";

/** With the messages of the error codes that the browser finds itself. */
export type UploadMessages = {
  errors: Pick<Messages["errors"], "file/file-too-large" | "file/invalid-format">;
  uploadFailed: string;
};

/** @returns the messages that a client component needs to upload an image. */
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
  override name = "UploadFailed";
}

/** What differs between the uses of a picture. */
type Steps<Registered> = {
  /** Makes a signed address to upload to. */
  issue: (asked: {
    filename: string;
    contentType: ImageType;
  }) => Promise<ScriptAnswer<{ url: string; key: string }>>;
  /** Puts what was uploaded there to use. */
  register: (uploaded: { key: string; type: ImageType }) => Promise<ScriptAnswer<Registered>>;
  /** Is told how much is sent, from 0 to 1. */
  onProgress: (sent: number) => void;
};

/**
 * Uploads a picture: asks where to, sends it, and puts it to use.
 *
 * @returns what the server says of the picture.
 * @throws UploadError with a sentence that says why.
 */
export async function uploadImage<Registered>(
  picture: File,
  { errors, uploadFailed }: UploadMessages,
  { issue, register, onProgress }: Steps<Registered>,
): Promise<Registered> {
  const type = isImageType(picture.type) ? picture.type : imageTypeOfName(picture.name);
  if (!type) throw new UploadError(errors["file/invalid-format"]);
  if (picture.size > maxImageBytes) throw new UploadError(errors["file/file-too-large"]);
  try {
    const { url, key } = resultOf(await issue({ filename: picture.name, contentType: type }));
    await putImage(url, picture, { type, onProgress });
    return resultOf(await register({ key, type }));
  } catch (error) {
    // The network, or a server that is away.
    throw error instanceof UploadError && error.message ? error : new UploadError(uploadFailed);
  }
}

function resultOf<Result>(answer: ScriptAnswer<Result>): Result {
  if ("error" in answer) throw new UploadError(answer.error);
  return answer.result;
}

/**
 * Sends a picture to a signed address. An `XMLHttpRequest`, since `fetch` does not tell how far it is.
 *
 * @param options.onProgress is told how much is sent, from 0 to 1.
 * @throws UploadError with the server's sentence, or none where it said nothing.
 */
function putImage(
  url: string,
  picture: File,
  { type, onProgress }: { type: string; onProgress: (sent: number) => void },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("PUT", url);
    request.setRequestHeader("Content-Type", type);
    // Refusals come in the language of the page, whatever the browser's own is.
    request.setRequestHeader("Accept-Language", document.documentElement.lang);
    request.upload.onprogress = ({ lengthComputable, loaded, total }) => {
      if (lengthComputable && total > 0) onProgress(loaded / total);
    };
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve();
      else reject(new UploadError(messageIn(request.responseText)));
    };
    request.onerror = () => reject(new UploadError());
    request.ontimeout = () => reject(new UploadError());
    request.send(picture);
  });
}

/** A bucket speaks XML, and not to people. */
function messageIn(body: string): string {
  try {
    const { details, message: sentence } = JSON.parse(body).error;
    // What is wrong with the picture is more exact than the code.
    const message: unknown = details?.[0]?.message ?? sentence;
    return typeof message === "string" ? message : "";
  } catch {
    return "";
  }
}
