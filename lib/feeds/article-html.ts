import "server-only";
import { toHtml } from "hast-util-to-html";
import { visit } from "unist-util-visit";
import { parseMarkdown } from "@/lib/markdown/parse-markdown";

/**
 * Turns the Markdown of an article into HTML for places that are not this site: harmless as on its page, and
 * every address in it absolute.
 *
 * @param address where the article is, from which the others are read.
 */
export function articleHtml(markdown: string, address: string): string {
  const { tree } = parseMarkdown(markdown);
  visit(tree, "element", ({ properties }) => {
    for (const name of ["href", "src"] as const) {
      const value = properties[name];
      if (typeof value === "string" && URL.canParse(value, address)) {
        properties[name] = new URL(value, address).href;
      }
    }
  });
  return toHtml(tree);
}
