import type { Element } from "hast";
import { toHtml } from "hast-util-to-html";
import { toJsxRuntime } from "hast-util-to-jsx-runtime";
import { toString as textOf } from "hast-util-to-string";
import { Fragment, jsx, jsxs } from "react/jsx-runtime";
import { renderToStaticMarkup } from "react-dom/server";
import { visit } from "unist-util-visit";
import { expect, test } from "vitest";
import { parseMarkdown } from "./parse-markdown";

test("GitHub's extensions are supported", async () => {
  const markdown =
    "~~gone~~\n\n| a |\n|:-:|\n| 1 |\n\n- [x] done\n- [ ] open\n\nhttps://example.com and a note.[^n]\n\n[^n]: Here.";
  expect((await elements(markdown, "s")).map(textOf)).toEqual(["gone"]);
  expect((await elements(markdown, "td"))[0]?.properties).toEqual({ align: "center" });
  expect((await elements(markdown, "input")).map(({ properties }) => properties.checked)).toEqual([
    true,
    false,
  ]);
  expect((await elements(markdown, "a"))[0]?.properties).toMatchObject({
    href: "https://example.com",
    rel: ["noopener", "noreferrer", "ugc"],
  });
  expect((await elements(markdown, "section")).map(textOf).join()).toContain("Here.");
  expect(await elements(markdown, "hr")).toEqual([]);
});

test("emphasis works beside Hangul", async () => {
  expect((await elements("**'여백'**은 **강조(emphasis)**를 싫어해요.", "strong")).map(textOf)).toEqual([
    "'여백'",
    "강조(emphasis)",
  ]);
});

test("HTML tags are shown as text", async () => {
  const { tree } = await parseMarkdown("<b>bold</b> <script>alert(1)</script>");
  expect(textOf(tree).trim()).toBe("<b>bold</b> <script>alert(1)</script>");
  expect(await elements("<b>bold</b>", "b")).toEqual([]);
});

test.each([
  "javascript:alert(1)",
  "JaVaScRiPt:alert(1)",
  "vbscript:x",
  "data:text/html,x",
  "file:///etc/passwd",
])("nothing links to %s", async (address) => {
  const links = await elements(`[x](${address}) [y](<${address}>)\n\n[z]\n\n[z]: ${address}`, "a");
  expect(links.map(({ properties }) => properties.href)).toEqual([]);
});

test("no element has a style or an event handler", async () => {
  const { tree } = await parseMarkdown(
    '| a |\n|-:|\n| 1 |\n\n![x](https://example.com/x.png "onerror=alert(1)")',
  );
  visit(tree, "element", ({ properties }) => {
    expect(Object.keys(properties).filter((name) => name === "style" || name.startsWith("on"))).toEqual([]);
  });
});

test("an image at an address of this site that is not a picture is replaced by its alt text", async () => {
  const markdown = "![sign in](/api/v1/auth/google/authorize?callbackUrl=a.png) ![a hill](/photos/hill.jpg)";
  expect((await elements(markdown, "img")).map(({ properties }) => properties.src)).toEqual([
    "/photos/hill.jpg",
  ]);
  expect(textOf((await parseMarkdown(markdown)).tree)).toContain("sign in");
});

test("code is highlighted only if its language is known", async () => {
  expect((await elements("```ts\nconst a = 1;\n```", "span")).map(textOf)).toContain("const");
  expect(await elements("```nothing-known\nconst a = 1;\n```", "span")).toEqual([]);
  expect((await elements("```ts\nconst a = 1;\n```", "code")).map(textOf)).toEqual(["const a = 1;\n"]);
});

test("headings get unique ids made from their text, and are never of the first level", async () => {
  const { headings } = await parseMarkdown("# 여백이란\n\n## Why?\n\n## Why?\n\n###### Deep");
  expect(headings).toEqual([
    { id: "h-여백이란", text: "여백이란", depth: 2 },
    { id: "h-why", text: "Why?", depth: 3 },
    { id: "h-why-1", text: "Why?", depth: 3 },
    { id: "h-deep", text: "Deep", depth: 6 },
  ]);
});

// Other Markdown parsers take minutes on some of these, or overflow the stack.
test.each([
  ["quotes", ">".repeat(100_000)],
  ["lists", "- ".repeat(50_000)],
  ["brackets", "[".repeat(100_000)],
  ["emphasis", "**a".repeat(33_000)],
  ["strikes", "~a".repeat(50_000)],
  ["links", `${"[".repeat(50_000)}a${"](b)".repeat(10_000)}`],
  ["pictures", "![".repeat(50_000)],
  ["nested emphasis", `${"*".repeat(40_000)}a${"*".repeat(40_000)}`],
  ["quotes in lists with nested emphasis", `${"> - ".repeat(40)}${"**a ".repeat(200)}${"b**".repeat(200)}`],
  [
    "references to a long address",
    `[a]: https://example.com/${"a".repeat(60_000)}\n\n${"[a] ".repeat(9_000)}`,
  ],
  ["nested template literals", `\`\`\`ts\n${"`${".repeat(3_000)}1${"}`".repeat(3_000)}\n\`\`\``],
  ["highlighted signs", `\`\`\`ts\n${"1;".repeat(9_999)}\n\`\`\``],
  ["several languages in one another", `\`\`\`html\n${"<script>`${".repeat(1_000)}\n\`\`\``],
  ["footnotes", "]^[".repeat(200_000)],
  ["combining marks in a heading", `# a${"\u0301\u0323".repeat(250_000)}`],
  ["ticks", Array.from({ length: 440 }, (_, index) => "`".repeat(index)).join(" ")],
])("an article full of %s is parsed completely", { timeout: 20_000 }, async (_name, markdown) => {
  const { tree } = await parseMarkdown(markdown);
  expect(toHtml(tree).length).toBeLessThan(2_000_000);
  expect(renderToStaticMarkup(toJsxRuntime(tree, { Fragment, jsx, jsxs }))).not.toBe("");
});

test("code whose highlighting nests too deep stays plain, and other code is still highlighted", async () => {
  const code = `${"`${".repeat(3_000)}1${"}`".repeat(3_000)}\n`;
  const markdown = `\`\`\`ts\n${code}\`\`\`\n\n\`\`\`ts\nconst a = 1;\n\`\`\``;
  const [nested, plain] = await elements(markdown, "code");
  expect(nested?.children.map(({ type }) => type)).toEqual(["text"]);
  expect(nested && textOf(nested)).toBe(code);
  expect(plain?.children.length).toBeGreaterThan(1);
});

test("code that would take minutes to highlight stays plain and does not block later code", async () => {
  const code = "let ".repeat(4_900);
  let turns = 0;
  const timer = setInterval(() => {
    turns += 1;
  }, 10);
  const [hostile] = await elements(`\`\`\`arduino\n${code}\n\`\`\``, "code");
  clearInterval(timer);

  expect(hostile && textOf(hostile)).toBe(`${code}\n`);
  expect(hostile?.children.map(({ type }) => type)).toEqual(["text"]);
  expect(turns).toBeGreaterThan(10);
  expect(await elements("```ts\nconst a = 1;\n```", "span")).not.toEqual([]);
});

test("a tree whose code stayed plain since the queue was full is marked as incomplete", async () => {
  const parse = () => parseMarkdown("```ts\nconst a = 1;\n```");
  const crowd = await Promise.all(Array.from({ length: 110 }, parse));
  const plain = crowd.filter(({ tree }) => !JSON.stringify(tree).includes('"span"'));
  expect(plain).toHaveLength(9);
  expect(crowd.filter(({ isHighlighted }) => !isHighlighted)).toEqual(plain);
  expect((await parse()).isHighlighted).toBe(true);
});

test("highlighting adds a bounded number of elements to an article", async () => {
  const block = `\`\`\`ts\n${"1;".repeat(4_500)}\n\`\`\`\n\n`;
  expect(await elements(block, "span")).toHaveLength(4_500);
  expect((await elements(block.repeat(4), "span")).length).toBeLessThanOrEqual(10_000);
});

test.each([
  ["a footnote", "Text.[^1]\n\n[^1]: Note."],
  ["a footnote cited twice", "One.[^a] Two.[^a]\n\n[^a]: Note."],
  ["an inline footnote", "Text.^[Note.]"],
  ["a heading by its own words", "[go](#setup)\n\n## Setup"],
  ["a heading in another case", "[go](#Setup)\n\n## setup"],
  ["a heading by its words with spaces", "[go](<#The set up>)\n\n## The set up"],
  ["the second of two headings", "[go](#setup-1)\n\n## Setup\n\n## Setup"],
  ["a heading in Hangul", "[가기](#설치-방법)\n\n## 설치 방법"],
  ["an encoded heading in Hangul", "[가기](#%EC%84%A4%EC%B9%98)\n\n## 설치"],
  ["a decomposed heading in Hangul", `[가기](#${"설치".normalize("NFD")})\n\n## 설치`],
  ["a heading by its id", "[go](#h-setup)\n\n## Setup"],
  ["a heading in a quote", "[go](#setup)\n\n> ## Setup"],
  ["a heading in a list", "[go](#setup)\n\n- ## Setup"],
  ["a heading with a footnote", "[go](#setup)\n\n## Setup[^1]\n\n[^1]: Note."],
  ["a heading with a picture", "[go](#logo)\n\n## ![Logo](https://example.com/a.png)"],
  ["a heading called like a footnote", "[go](#fn1)[^1]\n\n## fn1\n\n[^1]: Note."],
])("a link reaches %s", async (_name, markdown) => {
  const links = await fragmentsOf(markdown);
  expect(links.length).toBeGreaterThan(0);
  const ids = await idsOf(markdown);
  for (const link of links) expect(ids).toContain(link);
  expect(new Set(ids).size).toBe(ids.length);
});

test("a footnote and its reference link to each other", async () => {
  expect((await elements("a[^1]\n\n[^1]: note", "a")).map(({ properties }) => properties)).toEqual([
    { href: "#fn:1", id: "fnref:1" },
    { href: "#fnref:1", className: ["footnote-backref"] },
  ]);
});

test.each(["body", "cookie", "forms", "__proto__", "fn:1", "fnref", "getElementById"])(
  "a heading called %s does not take that id",
  async (name) => {
    expect(
      (await idsOf(`## ${name}\n\n[${name}](#${name})`)).every((id) => String(id).startsWith("h-")),
    ).toBe(true);
  },
);

test.each([
  ["https://nodejs.org에서 받아요", "https://nodejs.org", "에서 받아요"],
  ["https://nodejs.org에서, 그리고", "https://nodejs.org", "에서, 그리고"],
  ["https://www.example.co.kr입니다.", "https://www.example.co.kr", "입니다."],
  ["http://localhost:3000에서", "http://localhost:3000", "에서"],
  ["http://localhost에서", "http://localhost", "에서"],
  ["http://127.0.0.1:8080을", "http://127.0.0.1:8080", "을"],
  ["https://example.com:8443で", "https://example.com:8443", "で"],
  ["https://example.com を", "https://example.com", " を"],
  ["https://example.comカタカナ", "https://example.com", "カタカナ"],
  ["https://example.com的网站", "https://example.com", "的网站"],
  ["HTTPS://Example.com에서", "https://Example.com", "에서"],
  ["mailto:me@example.com으로", "mailto:me@example.com", "으로"],
  ["https://example.com/문서", "https://example.com/%EB%AC%B8%EC%84%9C", ""],
  ["https://example.com/docs에서", "https://example.com/docs%EC%97%90%EC%84%9C", ""],
  ["https://example.com?q=여백", "https://example.com?q=%EC%97%AC%EB%B0%B1", ""],
  ["https://example.com#여백", "https://example.com#%EC%97%AC%EB%B0%B1", ""],
  ["https://여백.kr", "https://xn--3h3bz1p.kr", ""],
  ["https://www.여백.kr/a", "https://www.xn--3h3bz1p.kr/a", ""],
  ["https://여백.kr/설치", "https://xn--3h3bz1p.kr/%EC%84%A4%EC%B9%98", ""],
])("the URL in %j ends before the rest of its sentence", async (markdown, href, rest) => {
  expect((await elements(markdown, "a")).map(({ properties }) => properties.href)).toEqual([href]);
  expect(
    textOf((await parseMarkdown(markdown)).tree)
      .trim()
      .endsWith(rest),
  ).toBe(true);
});

test.each([
  ["[a](Https://example.com)", "https://example.com"],
  ["<HTTPS://example.com/A>", "https://example.com/A"],
  ["[a](TEL:+82-2-123-4567)", "tel:+82-2-123-4567"],
  ["[a](tel:+8221234567)", "tel:+8221234567"],
  ["[a](Sms:+821012345678)", "sms:+821012345678"],
  ["[a](MailTo:me@example.com)", "mailto:me@example.com"],
])("%s is a working link", async (markdown, href) => {
  expect((await elements(markdown, "a")).map(({ properties }) => properties.href)).toEqual([href]);
});

test.each([
  [
    "![The sea](http://example.com/a.png)",
    '<p><a href="http://example.com/a.png" rel="noopener noreferrer ugc">The sea</a></p>',
  ],
  [
    "![](http://example.com/a.png)",
    '<p><a href="http://example.com/a.png" rel="noopener noreferrer ugc">http://example.com/a.png</a></p>',
  ],
  [
    "![The sea](HTTP://example.com/a.png)",
    '<p><a href="http://example.com/a.png" rel="noopener noreferrer ugc">The sea</a></p>',
  ],
  [
    "[**![The sea](http://example.com/a.png)**](https://example.com)",
    '<p><a href="https://example.com" rel="noopener noreferrer ugc"><strong>The sea</strong></a></p>',
  ],
  ["![The sea](ftp://example.com/a.png)", "<p>The sea</p>"],
  ["![The sea](data:image/png;base64,AAAA)", "<p>The sea</p>"],
  ["![The sea](Https://example.com/a.png)", '<p><img src="https://example.com/a.png" alt="The sea"></p>'],
  ["[a **word**](ftp://example.com)", "<p>a <strong>word</strong></p>"],
  ["[a word](steam://run/1)", "<p>a word</p>"],
])("%s keeps its text", async (markdown, html) => {
  expect(toHtml((await parseMarkdown(markdown)).tree).trim()).toBe(html);
});

test("a text that consists only of markup is shown as it was written", async () => {
  const markdown = "- a\n".repeat(20_000);
  const { tree, headings } = await parseMarkdown(markdown);
  expect(headings).toEqual([]);
  expect(textOf(tree)).toBe(markdown);
  expect(tree.children).toHaveLength(1);
});

async function idsOf(markdown: string): Promise<unknown[]> {
  const ids: unknown[] = [];
  visit((await parseMarkdown(markdown)).tree, "element", ({ properties }) => {
    if (properties.id !== undefined) ids.push(properties.id);
  });
  return ids;
}

/** The element id that a browser looks for when a reader follows a link of the text. */
async function fragmentsOf(markdown: string): Promise<string[]> {
  return (await elements(markdown, "a"))
    .map(({ properties }) => String(properties.href))
    .filter((href) => href.startsWith("#"))
    .map((href) => decodeURIComponent(href.slice(1)));
}

async function elements(markdown: string, tagName: string): Promise<Element[]> {
  const found: Element[] = [];
  visit((await parseMarkdown(markdown)).tree, "element", (element) => {
    if (element.tagName === tagName) found.push(element);
  });
  return found;
}
