import type { Root } from "hast";
import { parseMarkdown } from "@/lib/markdown/parse-markdown";
import { Prose } from "./prose";

/** The site's own examples are few and always the same: each is highlighted once. */
const trees = new Map<string, Root>();

/**
 * Code as it stands in an article: named, highlighted, to be copied.
 *
 * @param code the site's own, never a visitor's, since it is kept.
 */
export async function CodeFigure({ language, code }: { language: "bash" | "ts"; code: string }) {
  // A fence that no code of ours has in it keeps the code in one piece.
  const markdown = `~~~~~~${language}\n${code}\n~~~~~~`;
  const tree = trees.get(markdown) ?? (await parseMarkdown(markdown)).tree;
  trees.set(markdown, tree);
  return <Prose tree={tree} />;
}
