import "server-only";
import type { Sharp } from "sharp";
import { AppError } from "@/lib/core/errors";
import { once } from "@/lib/runtime/once";
import { readImageBlocks } from "./image-blocks";
import { imageTypeOfBytes, isMoreThanImage } from "./image-shape";
import { type ImageType, maxImageBytes } from "./image-types";
import { PictureQueue } from "./picture-queue";
import { throwImageError } from "./throw-image-error";

/** A picture with the properties that its bytes determine. */
export type Picture = { bytes: Buffer; type: ImageType; width: number; height: number; isAnimated: boolean };

/** The maximum for all frames together. Cameras put fewer pixels into five megabytes. */
const maxMegapixels = 40;
/** The memory limit of a decoder: 40 megapixels of four bytes. A PNG can have eight per pixel. */
const maxDecodedBytes = 160_000_000;
/** A picture that takes longer was crafted to do so. */
const timeoutSeconds = 10;

/** Pictures are processed one after another, so that their memory does not add up; this many may wait. */
const queue = new PictureQueue(50);

/**
 * Checks that bytes are a complete picture of a type that the blog accepts, and nothing else, by content and not by
 * name or header.
 *
 * @param claimed the declared type.
 * @param account takes turns with other accounts in the queue.
 * @throws AppError `file/invalid-format`, `file/file-too-large` (400), `common/unavailable` (503) when too many wait.
 */
export async function requirePicture(bytes: Buffer, claimed: string, account: string): Promise<Picture> {
  if (bytes.length > maxImageBytes) throw new AppError("file/file-too-large");
  const type = imageTypeOfBytes(bytes);
  const blocks = type && type === claimed ? readImageBlocks(bytes, type) : null;
  if (!type || !blocks || isMoreThanImage(bytes, type, blocks.end)) throw new AppError("file/invalid-format");
  const pixels = blocks.width * blocks.height * blocks.frames;
  if (pixels > maxMegapixels * 1e6 || pixels * blocks.bytesPerPixel > maxDecodedBytes) throw tooManyPixels();

  return inTurn(account, async (open) => {
    const image = open(bytes);
    // A phone held upright stores the picture sideways, with its orientation in EXIF.
    const { autoOrient } = await image.metadata();
    // Only decoding all of it proves that the picture is complete.
    await image.resize(16, 16, { fit: "fill" }).raw().toBuffer();
    const isAnimated = blocks.frames > 1;
    // An animation cannot be rotated.
    const { width, height } = isAnimated ? blocks : autoOrient;
    return { bytes, type, width, height, isAnimated };
  });
}

function tooManyPixels(): AppError {
  const parameters = { maximum: maxMegapixels };
  return new AppError("file/invalid-format", {
    problems: [{ path: "picture", message: "tooManyPixels", parameters }],
  });
}

/**
 * Crops a picture to a square in its middle and makes it as small as an avatar needs to be. Metadata of the camera
 * (place, device, time) is removed, and an animation keeps its first frame.
 *
 * @param maxSide in pixels; a smaller picture is not enlarged.
 * @returns a WebP picture.
 * @throws AppError as `requirePicture`.
 */
export async function toSquare(
  { bytes, width, height }: Picture,
  maxSide: number,
  account: string,
): Promise<Picture> {
  const side = Math.min(maxSide, width, height);
  return inTurn(account, (open) =>
    toPicture(
      open(bytes).autoOrient().resize(side, side, { fit: "cover" }).webp({ quality: 85 }),
      "image/webp",
    ),
  );
}

/**
 * Removes from a picture every block that draws nothing: metadata of the camera (place, device, time), comments,
 * thumbnails. A picture without any is unchanged, byte for byte. Pictures are re-encoded only to rotate them.
 *
 * @throws AppError as `requirePicture`.
 */
export async function stripMetadata(picture: Picture, account: string): Promise<Picture> {
  const upright = picture.isAnimated ? picture : await toUpright(picture, account);
  const stripped = readImageBlocks(upright.bytes, upright.type)?.stripped;
  if (!stripped) throw new AppError("file/invalid-format");
  return stripped.equals(upright.bytes) ? upright : { ...upright, bytes: stripped };
}

/** Tried in turn: encoded again, a picture of the maximum size may exceed it. PNG and GIF have no quality. */
const qualities: Record<ImageType, number[]> = {
  "image/jpeg": [90, 80, 70],
  "image/webp": [90, 80, 70],
  "image/png": [100],
  "image/gif": [100],
};

async function toUpright(picture: Picture, account: string): Promise<Picture> {
  return inTurn(account, async (open) => {
    const { bytes, type } = picture;
    const { orientation = 1 } = await open(bytes).metadata();
    if (orientation === 1) return picture;
    for (const quality of qualities[type]) {
      const image = open(bytes).autoOrient().keepIccProfile();
      const upright = await toPicture(encode(image, type, quality), type);
      if (upright.bytes.length <= maxImageBytes) return upright;
    }
    throw new AppError("file/file-too-large");
  });
}

/**
 * Generates a narrower version of an image, for pages that show it at that width.
 *
 * @param load reads the image when its turn comes, so that waiting images use no memory.
 * @param maxWidth in pixels; a narrower image is not enlarged.
 * @returns a WebP image; null for an animation, and if the result would not be smaller in bytes.
 * @throws AppError as `requirePicture`, and what `load` throws.
 */
export async function toWidth(
  load: () => Promise<Pick<Picture, "bytes" | "type">>,
  maxWidth: number,
  account: string,
): Promise<Buffer | null> {
  return inTurn(account, async (open) => {
    const { bytes, type } = await load();
    if (readImageBlocks(bytes, type)?.frames !== 1) return null;
    const narrower = await open(bytes)
      .autoOrient()
      .resize({ width: maxWidth, withoutEnlargement: true })
      .webp({ quality: 80 })
      .toBuffer();
    return narrower.length < bytes.length ? narrower : null;
  });
}

function encode(image: Sharp, type: ImageType, quality: number): Sharp {
  switch (type) {
    case "image/jpeg":
      return image.jpeg({ quality });
    case "image/png":
      return image.png();
    case "image/gif":
      return image.gif();
    case "image/webp":
      return image.webp({ quality });
  }
}

async function toPicture(image: Sharp, type: ImageType): Promise<Picture> {
  const { data, info } = await image.toBuffer({ resolveWithObject: true });
  return { bytes: data, type, width: info.width, height: info.height, isAnimated: false };
}

type Open = (bytes: Buffer) => Sharp;

/** Loaded with the first picture: a server that processes none does not pay for it. */
const library = once(async (): Promise<Open> => {
  const { default: sharp } = await import("sharp");
  sharp.cache(false);
  sharp.concurrency(1);
  // Only the loaders of these types may run, to reduce the attack surface of the library. SVG is for the cards that the
  // blog draws itself; the type of an upload was already checked by its first bytes.
  sharp.block({ operation: ["VipsForeignLoad"] });
  const loaders = ["Jpeg", "Png", "Webp", "Nsgif", "Svg"];
  sharp.unblock({ operation: loaders.map((loader) => `VipsForeignLoad${loader}`) });
  return (bytes) =>
    sharp(bytes, { failOn: "error", limitInputPixels: maxMegapixels * 1e6 }).timeout({
      seconds: timeoutSeconds,
    });
});

/** Processes pictures one after another. Bytes that the library cannot read are not a picture. */
async function inTurn<Result>(account: string, work: (open: Open) => Promise<Result>): Promise<Result> {
  return queue.add(account, async () => {
    const open = await library();
    return work(open).catch(throwImageError);
  });
}
