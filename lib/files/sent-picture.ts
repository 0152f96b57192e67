import "server-only";
import { ApiError } from "@/lib/http/errors";
import { imageTypeOfBytes } from "@/lib/images/image-shape";
import { type ImageType, maxImageBytes } from "@/lib/images/image-types";
import { fileName } from "./upload-contract";

/** A picture that came with a form. */
export type SentPicture = { filename: string; bytes: Buffer };

/**
 * Says what a picture is that nobody announced.
 *
 * @throws ApiError `file/invalid-name`, `file/invalid-format`, `file/file-too-large` (400).
 */
export function describePicture({ filename, bytes }: SentPicture): {
  originalName: string;
  mimeType: ImageType;
} {
  if (!fileName.safeParse(filename).success) throw new ApiError("file/invalid-name");
  const mimeType = imageTypeOfBytes(bytes);
  if (!mimeType) throw new ApiError("file/invalid-format");
  if (bytes.length > maxImageBytes) throw new ApiError("file/file-too-large");
  return { originalName: filename, mimeType };
}
