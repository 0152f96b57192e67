import "server-only";
import type { Properties, Root } from "hast";
import { toHtml } from "hast-util-to-html";
import { visit } from "unist-util-visit";
import type { PictureSizes } from "@/lib/files/picture-sizes";
import { sourceSetOf } from "@/lib/files/source-set";
import { parseUrl } from "@/lib/runtime/parse-url";

/**
 * Turns the parsed Markdown of an article into HTML for use outside this site: as safe as on its page, and with only
 * absolute URLs.
 *
 * @param address the URL of the article, the base of relative URLs.
 * @param pictures the dimensions of its images in our store.
 */
export function articleHtml(parsed: Root, address: string, pictures: PictureSizes = new Map()): string {
  const tree = structuredClone(parsed);
  visit(tree, "element", ({ tagName, properties }) => {
    if (tagName === "img") setSizes(properties, address, pictures);
    for (const name of ["href", "src"] as const) {
      const value = properties[name];
      if (typeof value === "string") properties[name] = parseUrl(value, address)?.href ?? value;
    }
  });
  return toHtml(tree);
}

/** The width for the windows of feed readers; many of them do not support other sizes. */
const feedWidth = 1280;

function setSizes(properties: Properties, address: string, pictures: PictureSizes): void {
  const { src } = properties;
  const size = typeof src === "string" ? pictures.get(src) : undefined;
  if (typeof src !== "string" || !size) return;
  const { width, height } = size;
  const srcSet = sourceSetOf(new URL(src, address).href, size);
  const sizes = `min(${width}px, 100vw)`;
  Object.assign(properties, {
    width,
    height,
    ...(srcSet && { src: `${src}?width=${feedWidth}`, srcSet, sizes }),
  });
}
