import { type ImageBlocks, Malformed } from "./formats/blocks";
import { readGif } from "./formats/gif";
import { readJpeg } from "./formats/jpeg";
import { readPng } from "./formats/png";
import { readWebp } from "./formats/webp";
import type { ImageType } from "./image-types";

/**
 * Reads an image file block by block. Only blocks on an allowlist are kept, so that metadata in a block that no library
 * reports is removed too.
 *
 * @returns null for a file whose blocks are malformed, incomplete, or have no dimensions.
 */
export function readImageBlocks(bytes: Buffer, type: ImageType): ImageBlocks | null {
  try {
    const blocks = readers[type](bytes);
    return blocks.width > 0 && blocks.height > 0 && blocks.frames > 0 ? blocks : null;
  } catch (error) {
    // Reading past the end of a buffer is a RangeError.
    if (error instanceof Malformed || error instanceof RangeError) return null;
    throw error;
  }
}

const readers: Record<ImageType, (bytes: Buffer) => ImageBlocks> = {
  "image/jpeg": readJpeg,
  "image/png": readPng,
  "image/gif": readGif,
  "image/webp": readWebp,
};
