/** A picture did not get to where it was sent; the message is the server's, or empty where it said nothing. */
export class UploadFailed extends Error {
  override name = "UploadFailed";
}

/**
 * Sends a picture to a signed address. An `XMLHttpRequest`, since `fetch` does not tell how far it is.
 *
 * @param options.onProgress is told how much is sent, from 0 to 1.
 * @throws UploadFailed
 */
export function putPicture(
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
      else reject(new UploadFailed(messageIn(request.responseText)));
    };
    request.onerror = () => reject(new UploadFailed());
    request.ontimeout = () => reject(new UploadFailed());
    request.send(picture);
  });
}

/** A bucket speaks XML, and not to people. */
function messageIn(body: string): string {
  try {
    const message: unknown = JSON.parse(body)?.error?.message;
    return typeof message === "string" ? message : "";
  } catch {
    return "";
  }
}
