import "server-only";
import { markdownReader } from "./markdown-reader";

/** The part of an article that is read: enough for its first sentences. */
const startCharacters = 2_000;

/**
 * The first words of an article as plain text: only paragraphs, without headings, lists, code and pictures.
 *
 * @param maxCharacters the limit; the text is cut at the end of a word.
 */
export function excerptOf(markdown: string, maxCharacters = 200): string {
  const tokens = markdownReader.parse(markdown.slice(0, startCharacters), {});
  const paragraphs = tokens
    .filter(
      (token, index) =>
        token.type === "inline" && token.level === 1 && tokens[index - 1]?.type === "paragraph_open",
    )
    .map((token) => (token.children ?? []).map(textOf).join(""))
    .join(" ");
  return cut(paragraphs.replace(/\s+/g, " ").trim(), maxCharacters);
}

function textOf({ type, content }: { type: string; content: string }): string {
  if (type === "softbreak" || type === "hardbreak") return " ";
  return type === "text" || type === "code_inline" ? content : "";
}

function cut(text: string, maxCharacters: number): string {
  const characters = [...text];
  if (characters.length <= maxCharacters) return text;
  const start = characters.slice(0, maxCharacters).join("");
  return `${start.replace(/\s+\S*$/, "").replace(/[\s.,;:·]+$/, "")}…`;
}
