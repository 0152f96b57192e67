import "server-only";
import { db } from "@/lib/core/db";
import { imagePathOf } from "@/lib/images/image-path";
import { absoluteImageUrl } from "@/lib/images/image-url";

/** The dimensions of an image in pixels. */
export type PictureSize = { width: number; height: number };

/** The dimensions of images in our store, by their paths and absolute URLs. */
export type PictureSizes = ReadonlyMap<string, PictureSize>;

const storedImage = new RegExp(`${imagePathOf("")}([0-9a-f]{32})`, "g");

/**
 * Looks up the dimensions of every image in our store that the texts refer to, in one query.
 *
 * @param texts URLs of images, or Markdown.
 */
export async function findPictureSizes(texts: (string | null | undefined)[]): Promise<PictureSizes> {
  const keys = new Set(
    texts.flatMap((text) => [...(text ?? "").matchAll(storedImage)].map(([, key = ""]) => key)),
  );
  if (keys.size === 0) return new Map();
  const files = await db.file.findMany({
    where: { key: { in: [...keys] }, visibility: "public", registeredAt: { not: null }, removedAt: null },
    select: { key: true, width: true, height: true },
  });
  const sizes = new Map<string, PictureSize>();
  for (const { key, width, height } of files) {
    if (width === null || height === null) continue;
    const path = imagePathOf(key);
    for (const address of [path, absoluteImageUrl(path)]) sizes.set(address, { width, height });
  }
  return sizes;
}
