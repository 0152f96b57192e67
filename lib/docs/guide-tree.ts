import "server-only";
import type { Root } from "hast";
import { visit } from "unist-util-visit";
import { parseMarkdown } from "@/lib/markdown/parse-markdown";
import { type Guide, guideAddress } from "./guides";

/** @returns the syntax tree of a guide, ready to render, with links between guides as paths on this site. */
export async function guideTree({ path, text }: Guide): Promise<Root> {
  const { tree } = await parseMarkdown(text);
  visit(tree, "element", ({ tagName, properties }) => {
    if (tagName === "a" && typeof properties.href === "string") {
      properties.href = guideAddress(properties.href, path);
    }
  });
  return tree;
}
