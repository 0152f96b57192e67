/** An image file, read block by block without decoding a pixel. */
export type ImageBlocks = {
  /** The file without every block that draws nothing: metadata, comments, thumbnails, unknown blocks, trailing bytes. */
  stripped: Buffer;
  /** The offset at which the image ends; bytes after it are not part of it. */
  end: number;
  /** Of the whole canvas, before EXIF orientation. */
  width: number;
  height: number;
  frames: number;
  /** The memory that a decoder needs for one pixel. */
  bytesPerPixel: number;
};

/** A block of an image file is malformed. */
export class Malformed extends Error {
  override name = "Malformed";
}

/** @throws Malformed if a block is longer than the file. */
export function slice(bytes: Buffer, from: number, to: number): Buffer {
  if (to > bytes.length) throw new Malformed();
  return bytes.subarray(from, to);
}
