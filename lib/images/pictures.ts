import "server-only";
import type { Sharp, SharpOptions } from "sharp";
import { ApiError } from "@/lib/http/errors";
import { once } from "@/lib/once";
import { imageTypeOfBytes, isMoreThanImage } from "./image-shape";
import { type ImageType, maxImageBytes } from "./image-types";

/** A picture, and what its bytes say of it. */
export type Picture = { bytes: Buffer; type: ImageType; width: number; height: number };

/**
 * What a picture may unfold to: 40 megapixels are more than cameras put into five megabytes, and take about
 * 160 MB of memory while they are looked at.
 */
const maxPixels = 40_000_000;
/** A picture that takes longer was made to take long. */
const patienceSeconds = 10;
/** Pictures are looked at one after another, so that their memory does not add up; this many may wait. */
const maxWaiting = 50;

/**
 * Makes sure that bytes are a whole picture of a type that the blog takes, and nothing besides. Names and headers
 * count for nothing.
 *
 * @param claimed what it was announced to be.
 * @throws ApiError `file/invalid-format`, `file/file-too-large` (400), `common/unavailable` (503) when too many wait.
 */
export async function requirePicture(bytes: Buffer, claimed: string): Promise<Picture> {
  if (bytes.length > maxImageBytes) throw new ApiError("file/file-too-large");
  const type = imageTypeOfBytes(bytes);
  if (!type || type !== claimed || isMoreThanImage(bytes, type)) throw new ApiError("file/invalid-format");

  return inTurn(async (open) => {
    const image = open(bytes);
    // A telephone held upright writes a picture that lies, and a note that it does.
    const { autoOrient } = await image.metadata();
    // Every byte has to be looked at to know that the picture is whole.
    await image.resize(16, 16, { fit: "fill" }).raw().toBuffer();
    return { bytes, type, width: autoOrient.width, height: autoOrient.height };
  });
}

/**
 * Cuts a square out of the middle of a picture and makes it as small as a face needs to be. What the camera wrote
 * down (place, device, time) is gone, and of a film the first frame stays.
 *
 * @param maxSide in pixels; a smaller picture is not blown up.
 * @returns a WebP picture.
 * @throws ApiError `file/invalid-format` (400), `common/unavailable` (503) when too many wait.
 */
export async function toSquare({ bytes, width, height }: Picture, maxSide: number): Promise<Picture> {
  const side = Math.min(maxSide, width, height);
  return inTurn((open) =>
    written(
      open(bytes).autoOrient().resize(side, side, { fit: "cover" }).webp({ quality: 85 }),
      "image/webp",
    ),
  );
}

/**
 * Takes out of a picture what the camera wrote down (place, device, time). One that carries nothing of that stays
 * as it is, byte for byte.
 *
 * @throws ApiError `file/invalid-format` (400), `common/unavailable` (503) when too many wait.
 */
export async function withoutTraces(picture: Picture): Promise<Picture> {
  return inTurn(async (open) => {
    const { exif, iptc, xmp, orientation = 1 } = await open(picture.bytes).metadata();
    if (!exif && !iptc && !xmp && orientation === 1) return picture;

    const image = open(picture.bytes, { animated: true });
    // A film cannot be turned, and never needs to be.
    const upright = orientation === 1 ? image : image.autoOrient();
    return written(encode(upright.keepIccProfile(), picture.type), picture.type);
  });
}

function encode(image: Sharp, type: ImageType): Sharp {
  switch (type) {
    case "image/jpeg":
      return image.jpeg({ quality: 90 });
    case "image/png":
      return image.png();
    case "image/gif":
      return image.gif();
    case "image/webp":
      return image.webp({ quality: 90 });
  }
}

async function written(image: Sharp, type: ImageType): Promise<Picture> {
  const { data, info } = await image.toBuffer({ resolveWithObject: true });
  return { bytes: data, type, width: info.width, height: info.pageHeight ?? info.height };
}

type Open = (bytes: Buffer, options?: SharpOptions) => Sharp;

/** Loaded when the first picture comes: a server that never sees one does not pay for it. */
const library = once(async (): Promise<Open> => {
  const { default: sharp } = await import("sharp");
  sharp.cache(false);
  sharp.concurrency(1);
  // Only what reads these types may run in this process, whatever else the library could read. SVG is for the cards
  // that the blog draws itself; what people send is known by its first bytes before it comes here.
  sharp.block({ operation: ["VipsForeignLoad"] });
  const loaders = ["Jpeg", "Png", "Webp", "Nsgif", "Svg"];
  sharp.unblock({ operation: loaders.map((loader) => `VipsForeignLoad${loader}`) });
  return (bytes, options) =>
    sharp(bytes, { failOn: "error", limitInputPixels: maxPixels, ...options }).timeout({
      seconds: patienceSeconds,
    });
});

let waiting = 0;
let last: Promise<unknown> = Promise.resolve();

/** Does work with pictures one after another. What the library cannot read is not a picture. */
async function inTurn<Result>(work: (open: Open) => Promise<Result>): Promise<Result> {
  if (waiting >= maxWaiting) throw new ApiError("common/unavailable", { retryAfterSeconds: 5 });
  waiting += 1;
  const open = await library().catch((error: unknown) => {
    waiting -= 1;
    throw error;
  });
  const turn = last.then(() => work(open));
  last = turn.catch(() => {});
  try {
    return await turn;
  } catch (error) {
    throw new ApiError("file/invalid-format", { cause: error });
  } finally {
    waiting -= 1;
  }
}
