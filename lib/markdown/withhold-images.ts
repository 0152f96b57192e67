import type { Root } from "hast";
import { visit } from "unist-util-visit";

/** Shows the words of an image instead of the image, where its address may not be loaded. */
export function withholdImages(tree: Root, mayLoad: (address: string) => boolean): void {
  visit(tree, "element", ({ tagName, properties }, index, parent) => {
    if (tagName !== "img" || properties.src === undefined || mayLoad(String(properties.src))) return;
    if (index !== undefined)
      parent?.children.splice(index, 1, { type: "text", value: String(properties.alt) });
  });
}
