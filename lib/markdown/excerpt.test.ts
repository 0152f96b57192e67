import { expect, test } from "vitest";
import { excerptOf } from "./excerpt";
import { readingMinutes } from "./reading-time";

test("an excerpt is the paragraphs as plain text", () => {
  const markdown =
    "# Title\n\nSome **bold** words,[^1] a [link](https://x.com)\nand `code`.\n\n- a list\n\n```\ncode\n```\n\nThe end.\n\n[^1]: Note.";
  expect(excerptOf(markdown)).toBe("Some bold words, a link and code. The end.");
});

test("an excerpt is cut at the end of a word", () => {
  expect(excerptOf("One two three, four five.", 15)).toBe("One two three…");
  expect(excerptOf("짧은 글이에요.")).toBe("짧은 글이에요.");
  expect(excerptOf("😀".repeat(300))).toBe(`${"😀".repeat(200)}…`);
});

test("an article without paragraphs has no excerpt", () => {
  expect(excerptOf("# Only a title\n\n- and\n- a list")).toBe("");
});

test.each([
  ["word ".repeat(440), 2],
  ["가나다라 ".repeat(375), 3],
  ["A few words.", 1],
  ["", 1],
])("the reading time adds up the words of both languages", (text, minutes) => {
  expect(readingMinutes(text)).toBe(minutes);
});
