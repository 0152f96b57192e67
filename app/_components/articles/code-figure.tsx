import type { Root } from "hast";
import { parseMarkdown } from "@/lib/markdown/parse-markdown";
import { Prose } from "./prose";

/** A cache: the site's own examples are few and never change, so each is highlighted once. */
const trees = new Map<string, Root>();
/** Examples are parsed one at a time: a page contains more of them than the highlighter's queue holds. */
let previous: Promise<unknown> = Promise.resolve();

/**
 * Code as in an article: with its language, highlighting and a copy button.
 *
 * @param code the site's own, never user input, because it is cached without a limit.
 */
export async function CodeFigure({ language, code }: { language: "bash" | "ts"; code: string }) {
  // A fence that none of our code contains, so that the code cannot close it.
  const markdown = `~~~~~~${language}\n${code}\n~~~~~~`;
  return <Prose tree={trees.get(markdown) ?? (await parseInTurn(markdown))} />;
}

async function parseInTurn(markdown: string): Promise<Root> {
  const parsing = previous.then(async () => {
    const cached = trees.get(markdown);
    if (cached) return cached;
    const { tree, isHighlighted } = await parseMarkdown(markdown);
    if (isHighlighted) trees.set(markdown, tree);
    return tree;
  });
  previous = parsing.catch(() => {});
  return parsing;
}
