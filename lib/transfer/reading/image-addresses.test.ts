import { describe, expect, test } from "vitest";
import { imageAddresses, replaceImageAddresses } from "./image-addresses";

/** Replaces the address of every image. */
function replaceAll(markdown: string): string {
  const addresses = imageAddresses(markdown).map((address): [string, string] => [address, "/NEW"]);
  return replaceImageAddresses(markdown, new Map(addresses));
}

describe("the images of a Markdown text", () => {
  test.each([
    ["an alt text with brackets", "![Fig [1]](a.png)", "![Fig [1]](/NEW)"],
    ["an alt text with escaped brackets", "![Fig \\[1](a.png)", "![Fig \\[1](/NEW)"],
    ["an alt text with a line break", "![one\ntwo](a.png)", "![one\ntwo](/NEW)"],
    ["an alt text with a bracket in code", "![`code]`](a.png)", "![`code]`](/NEW)"],
    ["an alt text with another image", "![an ![inner](b.png) one](a.png)", "![an ![inner](b.png) one](/NEW)"],
    ["a linked image", "[![x](a.png)](a.png)", "[![x](/NEW)](a.png)"],
    ["a title", '![x](a.png "Title")', '![x](/NEW "Title")'],
    ["an address in angle brackets", "![x](<a b.png>)", "![x](/NEW)"],
    ["an address with parentheses", "![x](a(1).png)", "![x](/NEW)"],
    ["an address with an escape", "![x](a\\_b.png)", "![x](/NEW)"],
    ["an address on the next line", "![x](\na.png\n)", "![x](\n/NEW\n)"],
    ["an address on the next line of a quote", "> ![x](\n> a.png)", "> ![x](\n> /NEW)"],
    ["an address that is also a link's in the same line", "[x](a.png) ![x](a.png)", "[x](a.png) ![x](/NEW)"],
    ["a table", "|a|b|\n|-|-|\n|![x](a.png)|![x](a.png)|", "|a|b|\n|-|-|\n|![x](/NEW)|![x](/NEW)|"],
    ["a footnote", "x[^1]\n\n[^1]: ![x](a.png)", "x[^1]\n\n[^1]: ![x](/NEW)"],
    ["a definition", "![x][r]\n\n[r]: a.png", "![x][r]\n\n[r]: /NEW"],
    ["a definition without a space", "![x][r]\n\n[r]:a.png", "![x][r]\n\n[r]:/NEW"],
    ["a definition on two lines", "![x][r]\n\n[r]:\n  a.png", "![x][r]\n\n[r]:\n  /NEW"],
    ["a definition whose name has a line break", "![x][r s]\n\n[r\ns]: a.png", "![x][r s]\n\n[r\ns]: /NEW"],
    ["a definition in a quote", "![r]\n\n> [r]: a.png", "![r]\n\n> [r]: /NEW"],
    ["a definition in a list", "![r]\n\n- 1. [r]: a.png", "![r]\n\n- 1. [r]: /NEW"],
    ["a definition in a footnote", "![r] x[^1]\n\n[^1]: [r]: a.png", "![r] x[^1]\n\n[^1]: [r]: /NEW"],
    [
      "an image after a paragraph that begins with code",
      "```x``` y\n\n![x](a.png)",
      "```x``` y\n\n![x](/NEW)",
    ],
    ["an image after a fence of tildes", "~~~\n```\n~~~\n![x](a.png)", "~~~\n```\n~~~\n![x](/NEW)"],
    ["an image after Windows line ends", "x\r\n\r\n![x](\r\na.png)", "x\r\n\r\n![x](\r\n/NEW)"],
  ])("are found and replaced: %s", (_name, markdown, replaced) => {
    expect(replaceAll(markdown)).toBe(replaced);
  });

  test.each([
    ["inline code", "`![x](a.png)`"],
    ["inline code over two lines", "`![x](a.png)\n![x](a.png)`"],
    ["a fence", "```\n![x](a.png)\n```"],
    ["a fence in a quote", "> ```\n> ![x](a.png)\n> ```"],
    ["a fence in a list", "- ```\n  ![x](a.png)\n  ```"],
    ["an indented block", "text\n\n    ![x](a.png)"],
    ["a link", "[x](a.png)"],
    ["an escape", "\\![x](a.png)"],
    ["a definition of links", "[x][r]\n\n[r]: a.png"],
    ["a definition in a fence", "[r]\n```\n[r]: a.png\n```"],
    ["the second definition of a name", "[r]: b.png\n[r]: a.png"],
  ])("are not code and links: %s", (_name, markdown) => {
    // The image outside shows the same address.
    expect(replaceAll(`${markdown}\n\n![x](a.png)`)).toBe(`${markdown}\n\n![x](/NEW)`);
  });

  test("are unchanged without another address", () => {
    const markdown = "![x](<a b.png>) ![x](a\\_b.png)";
    expect(imageAddresses(markdown)).toEqual(["a b.png", "a_b.png"]);
    expect(replaceImageAddresses(markdown, new Map([["a b.png", "a b.png"]]))).toBe(markdown);
  });

  test.each([
    "](",
    "]:",
    "[a]:",
    "[a]:\n",
    "![a](",
    "![a](b",
    ">",
    "[^a]:",
    "[",
    "![](a) ",
    "](<a",
    "`![a](b) ",
    // Each of these would take minutes if every opening bracket led to a search through the rest of the text.
  ])("are found in a hostile text: %j", (part) => {
    const markdown = `![a](b)\n${part.repeat(Math.ceil(100_000 / part.length))}`;
    expect(imageAddresses(markdown)).toContain("b");
  });
});
