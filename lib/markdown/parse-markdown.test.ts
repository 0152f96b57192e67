import type { Element } from "hast";
import { toString as textOf } from "hast-util-to-string";
import { visit } from "unist-util-visit";
import { expect, test } from "vitest";
import { parseMarkdown } from "./parse-markdown";

test("GitHub's additions are understood", () => {
  const markdown =
    "~~gone~~\n\n| a |\n|:-:|\n| 1 |\n\n- [x] done\n- [ ] open\n\nhttps://example.com and a note.[^n]\n\n[^n]: Here.";
  expect(elements(markdown, "s").map(textOf)).toEqual(["gone"]);
  expect(elements(markdown, "td")[0]?.properties).toEqual({ align: "center" });
  expect(elements(markdown, "input").map(({ properties }) => properties.checked)).toEqual([true, false]);
  expect(elements(markdown, "a")[0]?.properties).toMatchObject({
    href: "https://example.com",
    rel: ["noopener", "noreferrer", "ugc"],
  });
  expect(elements(markdown, "section").map(textOf).join()).toContain("Here.");
  expect(elements(markdown, "hr")).toEqual([]);
});

test("emphasis works beside Hangul", () => {
  expect(elements("**'여백'**은 **강조(emphasis)**를 싫어해요.", "strong").map(textOf)).toEqual([
    "'여백'",
    "강조(emphasis)",
  ]);
});

test("tags are shown as the text they are", () => {
  const { tree } = parseMarkdown("<b>bold</b> <script>alert(1)</script>");
  expect(textOf(tree).trim()).toBe("<b>bold</b> <script>alert(1)</script>");
  expect(elements("<b>bold</b>", "b")).toEqual([]);
});

test.each([
  "javascript:alert(1)",
  "JaVaScRiPt:alert(1)",
  "vbscript:x",
  "data:text/html,x",
  "file:///etc/passwd",
])("nothing links to %s", (address) => {
  const links = elements(`[x](${address}) [y](<${address}>)\n\n[z]\n\n[z]: ${address}`, "a");
  expect(links.map(({ properties }) => properties.href)).toEqual([]);
});

test("no element carries a style or a handler", () => {
  const { tree } = parseMarkdown('| a |\n|-:|\n| 1 |\n\n![x](https://example.com/x.png "onerror=alert(1)")');
  visit(tree, "element", ({ properties }) => {
    expect(Object.keys(properties).filter((name) => name === "style" || name.startsWith("on"))).toEqual([]);
  });
});

test("an image at an address of this site that is no picture leaves its words", () => {
  const markdown = "![sign in](/api/v1/auth/google/authorize?callbackUrl=a.png) ![a hill](/photos/hill.jpg)";
  expect(elements(markdown, "img").map(({ properties }) => properties.src)).toEqual(["/photos/hill.jpg"]);
  expect(textOf(parseMarkdown(markdown).tree)).toContain("sign in");
});

test("code is highlighted where its language is known, and left alone where not", () => {
  expect(elements("```ts\nconst a = 1;\n```", "span").map(textOf)).toContain("const");
  expect(elements("```nothing-known\nconst a = 1;\n```", "span")).toEqual([]);
  expect(elements("```ts\nconst a = 1;\n```", "code").map(textOf)).toEqual(["const a = 1;\n"]);
});

test("headings are named after their words, each by a name of its own, and never of the first level", () => {
  const { headings } = parseMarkdown("# 여백이란\n\n## Why?\n\n## Why?\n\n###### Deep");
  expect(headings).toEqual([
    { id: "h-여백이란", text: "여백이란", depth: 2 },
    { id: "h-why", text: "Why?", depth: 3 },
    { id: "h-why-1", text: "Why?", depth: 3 },
    { id: "h-deep", text: "Deep", depth: 6 },
  ]);
});

// Other readers of Markdown take minutes over some of these, or overflow the stack.
test.each([
  ["quotes", ">".repeat(100_000)],
  ["lists", "- ".repeat(50_000)],
  ["brackets", "[".repeat(100_000)],
  ["emphasis", "**a".repeat(33_000)],
  ["strikes", "~a".repeat(50_000)],
  ["links", `${"[".repeat(50_000)}a${"](b)".repeat(10_000)}`],
  ["pictures", "![".repeat(50_000)],
  ["ticks", Array.from({ length: 440 }, (_, index) => "`".repeat(index)).join(" ")],
])("an article full of %s is read to its end", { timeout: 20_000 }, (_name, markdown) => {
  expect(parseMarkdown(markdown).tree.type).toBe("root");
});

test("a text of nothing but marks is shown as it was written", () => {
  const markdown = "- a\n".repeat(20_000);
  const { tree, headings } = parseMarkdown(markdown);
  expect(headings).toEqual([]);
  expect(textOf(tree)).toBe(markdown);
  expect(tree.children).toHaveLength(1);
});

function elements(markdown: string, tagName: string): Element[] {
  const found: Element[] = [];
  visit(parseMarkdown(markdown).tree, "element", (element) => {
    if (element.tagName === tagName) found.push(element);
  });
  return found;
}
