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
import { type CodeBlock, highlight } from "./highlight";
import { markdownReader } from "./markdown-reader";

export type Heading = { id: string; text: string; depth: number };

export type ParsedMarkdown = {
  tree: Root;
  headings: Heading[];
  /** False when the highlighter had too much to do: such a tree is not kept. */
  isHighlighted: boolean;
};

/**
 * Turns Markdown with GitHub's additions into a tree of harmless HTML, code highlighted.
 *
 * HTML in the Markdown is shown as text, and the result is checked against an allowlist; what the allowlist removes
 * leaves its words. A text that makes more elements, deeper or longer ones than an article needs is shown as source:
 * it would keep the server busy for seconds, or overflow the stack of whatever walks the tree.
 *
 * @returns the tree, and its headings for a table of contents.
 */
export async function parseMarkdown(markdown: string): Promise<ParsedMarkdown> {
  const env = {};
  const tokens = markdownReader.parse(markdown, env);
  if (isTooLarge(tokens)) return { tree: sourceOf(markdown), headings: [], isHighlighted: true };

  // Without positions, which nothing here reads: they take a seventh of the time and a third of the memory.
  const html = fromParse5(parseFragment(markdownReader.renderer.render(tokens, markdownReader.options, env)));
  if (html.type !== "root") throw new Error("A fragment has a root.");
  alignWithoutStyle(html);
  lowerSchemes(html);

  const safe = sanitize(html, allowed);
  const tree: Root = safe.type === "root" ? safe : { type: "root", children: [] };

  keepWords(tree);
  markTasks(tree);
  markLinksAway(tree);
  const headings = nameHeadings(tree);
  aimFragments(tree);
  // Last, since a highlighted tree is large and has nothing in it for the steps above.
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
  // Authors name no ids here: footnotes are numbered, with a colon that no name in a script has. Headings follow below.
  clobber: [],
  // A picture at an http: address is not shown; `keepWords` needs to know the address.
  protocols: { href: ["http", "https", "mailto", "tel", "sms"], src: ["https", "http"] },
};

/** Several times what the longest article needs. */
const maxElements = 10_000;
/** Blocks nest up to 100 deep in the parser; what walks the tree later (React, HTML) recurses. */
const maxDepth = 200;
/** A reference to a long address repeats it each time. */
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

/** Phones begin a sentence with a capital: `Https://example.com`. */
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

/** Replaces links without an address, and pictures that may not be shown, by their words: as a link where possible. */
function keepWords(parent: Root | Element, isInLink = false): void {
  const children = parent.children.flatMap((child): RootContent[] => {
    if (child.type !== "element") return [child];
    keepWords(child, isInLink || child.tagName === "a");
    if (child.tagName === "a" && child.properties.href === undefined) return child.children;
    if (child.tagName !== "img") return [child];
    const { src, alt, title } = child.properties;
    if (typeof src === "string" && mayLoad(src)) return [child];
    const words: Text = { type: "text", value: String(alt || title || src || "") };
    if (src === undefined || isInLink) return [words];
    return [{ type: "element", tagName: "a", properties: { href: src }, children: [words] }];
  });
  // A child of an element is never a doctype, and neither is one of a fragment.
  parent.children = children.filter((child) => child.type !== "doctype");
}

/** Over https alone, and of this site only what is a picture. */
function mayLoad(address: string): boolean {
  return !address.startsWith("http:") && isPictureAddress(address, env().APP_URL);
}

/** In all the code of an article. Beyond it, colour is not worth the server's time. */
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

/** Links that lead away neither vouch for the place nor tell it where the reader came from. */
function markLinksAway(tree: Root): void {
  forEachElement(tree, ({ tagName, properties }) => {
    if (tagName === "a" && /^https?:/i.test(String(properties.href))) {
      properties.rel = ["noopener", "noreferrer", "ugc"];
    }
  });
}

/** @returns whether the highlighter had time for it. */
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

/** Calls a function for each element, an outer one before those in it. A walk by the library costs several times as much. */
function forEachElement(
  parent: Root | Element,
  act: (element: Element, parent: Root | Element) => void,
): void {
  for (const child of parent.children) {
    if (child.type !== "element") continue;
    act(child, parent);
    forEachElement(child, act);
  }
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
 *
 * @returns those of the article itself; headings in quotes and lists are no part of its outline.
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
    const id = headingPrefix + slugger.slug(text.normalize("NFC"));
    element.tagName = `h${depth}`;
    element.properties.id = id;
    return isOutline && text !== "" ? [{ id, text, depth }] : [];
  });
}

const headingPrefix = "h-";

/** The words of a heading, those of its pictures included, without footnote marks. */
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
    const fragment = decodeFragment(href.slice(1)).normalize("NFC");
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
