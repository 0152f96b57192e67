import { isStoredImage, withoutQuery } from "@/lib/images/image-path";
import { imageWidths } from "@/lib/images/image-widths";
import type { PictureSize } from "./picture-sizes";

/**
 * Lists the sizes in which a browser may load an image of our store, as a `srcset`.
 *
 * @param address the URL of the image, without a query.
 * @returns undefined for an image that is no wider than the smallest size.
 */
export function sourceSetOf(address: string, { width }: PictureSize): string | undefined {
  const [smallest] = imageWidths;
  if (width <= smallest) return undefined;
  const largest = imageWidths.findIndex((other) => other >= width);
  const offered = largest === -1 ? imageWidths : imageWidths.slice(0, largest + 1);
  return offered.map((other) => `${address}?width=${other} ${Math.min(other, width)}w`).join(", ");
}

/** The width for link previews and for machines that read a page, the same as the cards of articles without a cover. */
const sharedWidth = 1280;

/** @returns the URL of an image in the size that other services load, if the image is in our store. */
export function sharedImage(address: string): string {
  return isStoredImage(address) ? `${withoutQuery(address)}?width=${sharedWidth}` : address;
}
