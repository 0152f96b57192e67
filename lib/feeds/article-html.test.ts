import { expect, test } from "vitest";
import { parseMarkdown } from "@/lib/markdown/parse-markdown";
import { articleHtml } from "./article-html";

const htmlOf = async (markdown: string) => articleHtml((await parseMarkdown(markdown)).tree, address);

const address = "https://blog.example.com/articles/a";

test("URLs of this site become absolute, others stay", async () => {
  const html = await htmlOf("[a](/terms) [b](#h-c) [d](https://example.com/) ![e](/f.png)\n\n## C");
  expect(html).toContain('href="https://blog.example.com/terms"');
  expect(html).toContain('href="https://blog.example.com/articles/a#h-c"');
  expect(html).toContain('href="https://example.com/"');
  expect(html).toContain('src="https://blog.example.com/f.png"');
  expect(html).toContain('<h2 id="h-c">C</h2>');
});

test.each(["<script>alert(1)</script>", "[a](javascript:alert(1))", "<img src=x onerror=alert(1)>"])(
  "%s stays text",
  async (markdown) => {
    expect(await htmlOf(markdown)).not.toMatch(/<script|<img|href="javascript/);
  },
);

test("the shared tree of the parsed text is unchanged", async () => {
  const { tree } = await parseMarkdown("[a](/terms)");
  const before = structuredClone(tree);
  articleHtml(tree, address);
  expect(tree).toEqual(before);
});
