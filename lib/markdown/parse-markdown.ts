import "server-only";
import GithubSlugger, { slug as slugOfHeading } from "github-slugger";
import type { Element, Root, RootContent, Text } from "hast";
import { fromParse5 } from "hast-util-from-parse5";
import { type Schema, sanitize } from "hast-util-sanitize";
import { toString as textOf } from "hast-util-to-string";
import type { Token } from "markdown-it";
import { parseFragment } from "parse5";
import { env } from "@/lib/config/env";
import { isPictureAddress } from "@/lib/images/is-picture-path";
import { normalizeText } from "@/lib/runtime/normalize-text";
import { type CodeBlock, highlight } from "./highlight";
import { markdownReader } from "./markdown-reader";

export type Heading = { id: string; text: string; depth: number };

export type ParsedMarkdown = {
  tree: Root;
  headings: Heading[];
  /** False if the highlighter was overloaded: such a tree is not cached. */
  isHighlighted: boolean;
};

/**
 * Turns Markdown with GitHub's extensions into a tree of safe HTML with highlighted code.
 *
 * HTML in the Markdown is shown as text, and the result is sanitized by an allowlist; elements that it removes leave
 * their text. A text that makes more, deeper or longer elements than an article needs is shown as source: it would keep
 * the server busy for seconds, or overflow the stack of code that walks the tree.
 *
 * @returns the tree, and its headings for a table of contents.
 */
export async function parseMarkdown(markdown: string): Promise<ParsedMarkdown> {
  const env = {};
  const tokens = markdownReader.parse(markdown, env);
  if (isTooLarge(tokens)) return { tree: sourceOf(markdown), headings: [], isHighlighted: true };

  // Without positions, which nothing reads: they would cost a seventh of the time and a third of the memory.
  const html = fromParse5(parseFragment(markdownReader.renderer.render(tokens, markdownReader.options, env)));
  if (html.type !== "root") throw new Error("A fragment has a root.");
  alignWithoutStyle(html);
  lowerSchemes(html);

  const safe = sanitize(html, allowed);
  const tree: Root = safe.type === "root" ? safe : { type: "root", children: [] };

  replaceByText(tree);
  markTasks(tree);
  markExternalLinks(tree);
  const headings = nameHeadings(tree);
  aimFragments(tree);
  // Last, since a highlighted tree is large and contains nothing for the steps above.
  const isHighlighted = await highlightCode(tree);
  return { tree, headings, isHighlighted };
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
  // Authors cannot choose these ids: footnotes are numbered, with a colon that no name in a script contains. Headings
  // get theirs below.
  clobber: [],
  // A picture at an http: address is not shown, but `replaceByText` needs the address.
  protocols: { href: ["http", "https", "mailto", "tel", "sms"], src: ["https", "http"] },
};

/** Several times what the longest article needs. */
const maxElements = 10_000;
/** Blocks nest up to 100 deep in the parser; later walks of the tree (React, HTML) recurse. */
const maxDepth = 200;
/** Each reference to a long address repeats it. */
const maxCharacters = 1_000_000;

function isTooLarge(tokens: readonly Token[]): boolean {
  let elements = 0;
  let depth = 0;
  let characters = 0;
  const all = tokens.flatMap((token) => (token.type === "inline" ? (token.children ?? []) : token));
  return all.some(({ type, nesting, hidden, content, attrs }) => {
    depth += nesting;
    if (nesting >= 0 && !hidden && type !== "text" && type !== "softbreak") elements += 1;
    characters += content.length + (attrs ?? []).reduce((sum, [, value]) => sum + String(value).length, 0);
    return elements > maxElements || depth > maxDepth || characters > maxCharacters;
  });
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

/** Phone keyboards capitalize the first letter: `Https://example.com`. */
function lowerSchemes(tree: Root): void {
  forEachElement(tree, ({ properties }) => {
    for (const name of ["href", "src"] as const) {
      const value = properties[name];
      if (typeof value === "string") {
        properties[name] = value.replace(/^[a-z][a-z0-9+.-]*:/i, (scheme) => scheme.toLowerCase());
      }
    }
  });
}

/** Replaces links without an address, and pictures that may not be shown, by their text: as a link if possible. */
function replaceByText(parent: Root | Element, isInLink = false): void {
  const children = parent.children.flatMap((child): RootContent[] => {
    if (child.type !== "element") return [child];
    replaceByText(child, isInLink || child.tagName === "a");
    if (child.tagName === "a" && child.properties.href === undefined) return child.children;
    if (child.tagName !== "img") return [child];
    const { src, alt, title } = child.properties;
    if (typeof src === "string" && mayLoad(src)) return [child];
    const words: Text = { type: "text", value: String(alt || title || src || "") };
    if (src === undefined || isInLink) return [words];
    return [{ type: "element", tagName: "a", properties: { href: src }, children: [words] }];
  });
  // For the types only: elements and fragments have no doctype.
  parent.children = children.filter((child) => child.type !== "doctype");
}

/** Only over https, and on this site only pictures. */
function mayLoad(address: string): boolean {
  return !address.startsWith("http:") && isPictureAddress(address, env().APP_URL);
}

/** In all code of an article. Beyond it, highlighting is not worth the server's time. */
const maxHighlightedCharacters = 20_000;

/** markdown-it aligns the cells of a table by a style, which the site's content security policy forbids. */
function alignWithoutStyle(tree: Root): void {
  forEachElement(tree, ({ tagName, properties }) => {
    if (tagName !== "td" && tagName !== "th") return;
    properties.align = /^text-align:(left|center|right)$/.exec(String(properties.style))?.[1];
  });
}

/** `- [x] done` and `- [ ] to do`. */
function markTasks(tree: Root): void {
  forEachElement(tree, (item) => {
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

/** External links do not endorse their target, and do not send it a referrer. */
function markExternalLinks(tree: Root): void {
  forEachElement(tree, ({ tagName, properties }) => {
    if (tagName === "a" && /^https?:/i.test(String(properties.href))) {
      properties.rel = ["noopener", "noreferrer", "ugc"];
    }
  });
}

/** @returns false if the highlighter was overloaded. */
async function highlightCode(tree: Root): Promise<boolean> {
  let characters = 0;
  const found: (CodeBlock & { code: Element })[] = [];
  forEachElement(tree, (pre) => {
    const [code] = pre.children;
    if (pre.tagName !== "pre" || code?.type !== "element" || code.tagName !== "code") return;
    const language = codeLanguage(code);
    const text = textOf(code);
    characters += text.length;
    if (language && characters <= maxHighlightedCharacters) found.push({ code, language, text });
  });
  const highlighted = await highlight(found.map(({ language, text }) => ({ language, text })));
  if (!highlighted) return false;
  for (const [index, { code }] of found.entries()) code.children = highlighted[index] ?? code.children;
  return true;
}

/** Calls a function for each element, parents first. The library's walk costs several times as much. */
function forEachElement(
  parent: Root | Element,
  visit: (element: Element, parent: Root | Element) => void,
): void {
  for (const child of parent.children) {
    if (child.type !== "element") continue;
    visit(child, parent);
    forEachElement(child, visit);
  }
}

/** @returns the declared language of a code block, such as `ts`. */
export function codeLanguage(code: Element): string | undefined {
  const { className } = code.properties;
  const names = Array.isArray(className) ? className.map(String) : [];
  return names.find((name) => name.startsWith("language-"))?.slice("language-".length);
}

/**
 * Gives headings an id made from their text, and lowers them all if one is of the first level, which belongs to
 * the article's title. The prefix of the id keeps authors from choosing an id that a script looks up (DOM clobbering).
 *
 * @returns the headings of the outline, without those in quotes and lists.
 */
function nameHeadings(tree: Root): Heading[] {
  const elements: { element: Element; depth: number; isOutline: boolean }[] = [];
  forEachElement(tree, (element, parent) => {
    const depth = headingDepth(element);
    if (depth) elements.push({ element, depth, isOutline: parent === tree });
  });
  const lowerBy = elements.some(({ depth }) => depth === 1) ? 1 : 0;
  const slugger = new GithubSlugger();

  return elements.flatMap(({ element, depth: ownDepth, isOutline }) => {
    const depth = Math.min(ownDepth + lowerBy, 6);
    const text = headingText(element).replace(/\s+/g, " ").trim();
    const id = headingPrefix + slugger.slug(normalizeText(text));
    element.tagName = `h${depth}`;
    element.properties.id = id;
    return isOutline && text !== "" ? [{ id, text, depth }] : [];
  });
}

const headingPrefix = "h-";

/** The text of a heading, including the alt text of its pictures, without footnote marks. */
function headingText(element: Element): string {
  return element.children
    .map((child) => {
      if (child.type === "text") return child.value;
      if (child.type !== "element" || child.tagName === "sup") return "";
      return child.tagName === "img" ? String(child.properties.alt ?? "") : headingText(child);
    })
    .join("");
}

/** Lets `[go](#setup)` reach the heading "Setup", whose id has a prefix. */
function aimFragments(tree: Root): void {
  const ids = new Set<unknown>();
  forEachElement(tree, ({ properties }) => {
    if (properties.id !== undefined) ids.add(properties.id);
  });
  forEachElement(tree, ({ tagName, properties }) => {
    const { href } = properties;
    if (tagName !== "a" || typeof href !== "string" || !href.startsWith("#")) return;
    const fragment = normalizeText(decodeFragment(href.slice(1)));
    const id = [fragment, headingPrefix + fragment, headingPrefix + slugOfHeading(fragment)].find((name) =>
      ids.has(name),
    );
    if (id !== undefined) properties.href = `#${id}`;
  });
}

/** Markdown encodes `#설치`. */
function decodeFragment(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

function headingDepth({ tagName }: Element): number | undefined {
  const match = /^h([1-6])$/.exec(tagName);
  return match ? Number(match[1]) : undefined;
}
