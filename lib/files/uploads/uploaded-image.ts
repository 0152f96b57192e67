import "server-only";
import { AppError } from "@/lib/core/errors";
import { imageTypeOfBytes } from "@/lib/images/image-shape";
import { type ImageType, maxImageBytes } from "@/lib/images/image-types";
import { fileName } from "./contract";

/** An image from a form. */
export type UploadedImage = { filename: string; bytes: Buffer };

/**
 * Detects the type of an image without a declared one.
 *
 * @throws AppError `file/invalid-name`, `file/invalid-format`, `file/file-too-large` (400).
 */
export function describeImage({ filename, bytes }: UploadedImage): {
  originalName: string;
  mimeType: ImageType;
} {
  if (!fileName.safeParse(filename).success) throw new AppError("file/invalid-name");
  const mimeType = imageTypeOfBytes(bytes);
  if (!mimeType) throw new AppError("file/invalid-format");
  if (bytes.length > maxImageBytes) throw new AppError("file/file-too-large");
  return { originalName: filename, mimeType };
}
