import type { Root } from "hast";
import { parseMarkdown } from "@/lib/markdown/parse-markdown";
import { Prose } from "./prose";

/** The site's own examples are few and always the same: each is highlighted once. */
const trees = new Map<string, Root>();
/** One after another: a page shows more of them than may wait for the highlighter. */
let previous: Promise<unknown> = Promise.resolve();

/**
 * Code as it stands in an article: named, highlighted, to be copied.
 *
 * @param code the site's own, never a visitor's, since it is kept.
 */
export async function CodeFigure({ language, code }: { language: "bash" | "ts"; code: string }) {
  // A fence that no code of ours has in it keeps the code in one piece.
  const markdown = `~~~~~~${language}\n${code}\n~~~~~~`;
  return <Prose tree={trees.get(markdown) ?? (await parseInTurn(markdown))} />;
}

async function parseInTurn(markdown: string): Promise<Root> {
  const parsing = previous.then(async () => {
    const kept = trees.get(markdown);
    if (kept) return kept;
    const { tree, isHighlighted } = await parseMarkdown(markdown);
    if (isHighlighted) trees.set(markdown, tree);
    return tree;
  });
  previous = parsing.catch(() => {});
  return parsing;
}
