import "server-only";
import GithubSlugger from "github-slugger";
import type { Element, Root } from "hast";
import { fromHtml } from "hast-util-from-html";
import { type Schema, sanitize } from "hast-util-sanitize";
import { toString as textOf } from "hast-util-to-string";
import { common, createLowlight } from "lowlight";
import { CONTINUE, EXIT, visit } from "unist-util-visit";
import { env } from "@/lib/env";
import { isPictureAddress } from "@/lib/files/is-picture-path";
import { markdownReader } from "./markdown-reader";
import { withholdImages } from "./withhold-images";

export type Heading = { id: string; text: string; depth: number };

export type ParsedMarkdown = { tree: Root; headings: Heading[] };

/**
 * Turns Markdown with GitHub's additions into a tree of harmless HTML, code highlighted.
 *
 * Nobody's HTML gets through: tags in the Markdown are shown as the text they are, and what comes out is held
 * against a list of what may be there. A text of little but marks, which would keep the server busy for seconds at
 * each reading, is shown as it was written.
 *
 * @returns the tree, and its headings for a table of contents.
 */
export function parseMarkdown(markdown: string): ParsedMarkdown {
  const html = fromHtml(markdownReader.render(markdown), { fragment: true });
  alignWithoutStyle(html);

  const safe = sanitize(html, allowed);
  const tree: Root = safe.type === "root" ? safe : { type: "root", children: [] };
  if (hasTooManyElements(tree)) return { tree: sourceOf(markdown), headings: [] };

  withholdImages(tree, (address) => isPictureAddress(address, env().APP_URL));
  markTasks(tree);
  markLinksAway(tree);
  highlightCode(tree);
  return { tree, headings: nameHeadings(tree) };
}

const allowed: Schema = {
  tagNames: [
    ...["h1", "h2", "h3", "h4", "h5", "h6", "p", "blockquote", "ul", "ol", "li", "hr", "pre", "code", "img"],
    ...["table", "thead", "tbody", "tr", "th", "td", "a", "em", "strong", "s", "sup", "br", "section"],
  ],
  attributes: {
    a: ["href", "id", "title", ["className", "footnote-backref"]],
    code: [["className", /^language-./]],
    img: ["src", "alt", "title"],
    li: ["id"],
    ol: ["start"],
    section: [["className", "footnotes"]],
    td: ["align"],
    th: ["align"],
  },
  protocols: { href: ["http", "https", "mailto"], src: ["https"] },
};

/** Several times what the longest article needs. */
const maxElements = 10_000;

function hasTooManyElements(tree: Root): boolean {
  let elements = 0;
  visit(tree, "element", () => {
    elements += 1;
    return elements > maxElements ? EXIT : CONTINUE;
  });
  return elements > maxElements;
}

function sourceOf(markdown: string): Root {
  const code: Element = {
    type: "element",
    tagName: "code",
    properties: {},
    children: [{ type: "text", value: markdown }],
  };
  return { type: "root", children: [{ type: "element", tagName: "pre", properties: {}, children: [code] }] };
}

const highlighter = createLowlight(common);
/** In all the code of an article. Beyond it, colour is not worth the server's time. */
const maxHighlightedCharacters = 20_000;

/** markdown-it aligns the cells of a table by a style, which the site's content security policy forbids. */
function alignWithoutStyle(tree: Root): void {
  visit(tree, "element", ({ tagName, properties }) => {
    if (tagName !== "td" && tagName !== "th") return;
    properties.align = /^text-align:(left|center|right)$/.exec(String(properties.style))?.[1];
  });
}

/** `- [x] done` and `- [ ] to do`. */
function markTasks(tree: Root): void {
  visit(tree, "element", (item) => {
    if (item.tagName !== "li") return;
    const first = item.children[0];
    const line = first?.type === "element" && first.tagName === "p" ? first.children[0] : first;
    const mark = line?.type === "text" ? /^\[([ xX])\]\s+/.exec(line.value) : null;
    if (line?.type !== "text" || !mark) return;

    line.value = line.value.slice(mark[0].length);
    item.properties.className = ["task"];
    item.children.unshift({
      type: "element",
      tagName: "input",
      properties: { type: "checkbox", disabled: true, checked: mark[1] !== " " },
      children: [],
    });
  });
}

/** Links that lead away neither vouch for the place nor tell it where the reader came from. */
function markLinksAway(tree: Root): void {
  visit(tree, "element", ({ tagName, properties }) => {
    if (tagName === "a" && /^https?:/i.test(String(properties.href))) {
      properties.rel = ["noopener", "noreferrer", "ugc"];
    }
  });
}

function highlightCode(tree: Root): void {
  let characters = 0;
  visit(tree, "element", (code, _index, parent) => {
    if (code.tagName !== "code" || parent?.type !== "element" || parent.tagName !== "pre") return;
    const language = codeLanguage(code);
    const text = textOf(code);
    characters += text.length;
    if (!language || !highlighter.registered(language) || characters > maxHighlightedCharacters) return;
    code.children = highlighter
      .highlight(language, text)
      .children.filter((child) => child.type !== "doctype");
  });
}

/** @returns the language that a block of code says it is in, such as `ts`. */
export function codeLanguage(code: Element): string | undefined {
  const { className } = code.properties;
  const names = Array.isArray(className) ? className.map(String) : [];
  return names.find((name) => name.startsWith("language-"))?.slice("language-".length);
}

/**
 * Gives headings an id made from their text, and lowers them all if one is of the first level, which belongs to
 * the article's title. The id's prefix keeps an author from naming an element like something that a script looks
 * for.
 */
function nameHeadings(tree: Root): Heading[] {
  const elements = tree.children
    .filter((node) => node.type === "element")
    .filter((node) => headingDepth(node));
  const lowerBy = elements.some((element) => headingDepth(element) === 1) ? 1 : 0;
  const slugger = new GithubSlugger();

  return elements.map((element) => {
    const depth = Math.min((headingDepth(element) ?? 0) + lowerBy, 6);
    const text = textOf(element).trim();
    const id = `h-${slugger.slug(text)}`;
    element.tagName = `h${depth}`;
    element.properties.id = id;
    return { id, text, depth };
  });
}

function headingDepth({ tagName }: Element): number | undefined {
  const match = /^h([1-6])$/.exec(tagName);
  return match ? Number(match[1]) : undefined;
}
