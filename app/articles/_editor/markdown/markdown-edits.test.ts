import { expect, test } from "vitest";
import {
  alternativeTextIn,
  type Edit,
  imageMarkdown,
  insertLink,
  insertText,
  replacePart,
  type Selection,
  toggleCode,
  toggleLines,
  toggleMark,
} from "./markdown-edits";

test.each([
  ["words are marked", "a [word] here", "a **[word]** here"],
  ["nothing yet: the cursor waits between the marks", "a []", "a **[]**"],
  ["blanks stay outside", "a[ word ]here", "a **[word]** here"],
  ["marked words are freed", "a **[word]** here", "a [word] here"],
  ["marks that were selected too", "a [**word**] here", "a [word] here"],
  ["an empty pair goes away", "a **[]**", "a []"],
  ["italic words become both", "a *[word]* here", "a ***[word]*** here"],
  ["both become italic", "a ***[word]*** here", "a *[word]* here"],
  ["Korean", "[글]을 쓴다", "**[글]**을 쓴다"],
  ["an emoji", "[👩‍💻]", "**[👩‍💻]**"],
])("bold: %s", (_, before, after) => {
  expect(applied(before, (selection) => toggleMark(selection, "**"))).toBe(after);
});

test.each([
  ["words are marked", "a [word] here", "a *[word]* here"],
  ["marked words are freed", "a *[word]* here", "a [word] here"],
  ["bold words become both", "a **[word]** here", "a ***[word]*** here"],
  ["both become bold", "a ***[word]*** here", "a **[word]** here"],
])("italic: %s", (_, before, after) => {
  expect(applied(before, (selection) => toggleMark(selection, "*"))).toBe(after);
});

test.each([
  ["words", "run [npm test] first", "run `[npm test]` first"],
  ["words that are code already", "run `[npm test]` first", "run [npm test] first"],
  ["lines", "before\n[a\nb]\nafter", "before\n```\n[a\nb]\n```\nafter"],
  ["lines from the middle of one", "be[fore\na]fter", "be\n```\n[fore\na]\n```\nfter"],
  ["lines with fences in them", "[```\na\n```]", "````\n[```\na\n```]\n````"],
  ["whole lines", "[a\nb\n]c", "```\n[a\nb]\n```\nc"],
])("code: %s", (_, before, after) => {
  expect(applied(before, toggleCode)).toBe(after);
});

test.each([
  ["## " as const, "a line", "one\ntw[]o\nthree", "one\n## tw[]o\nthree"],
  ["## " as const, "the first line", "[]one\ntwo", "## []one\ntwo"],
  ["## " as const, "a heading already", "## tw[]o", "tw[]o"],
  ["## " as const, "a heading of another depth", "#### tw[]o", "## tw[]o"],
  ["## " as const, "the cursor in the mark that goes", "#[]# two", "[]two"],
  ["- " as const, "an empty line", "one\n[]", "one\n- []"],
  ["- " as const, "an empty first line", "[]\none", "- []\none"],
  ["- " as const, "several lines, but for the empty one", "[one\n\ntwo]", "[- one\n\n- two]"],
  ["- " as const, "all of them have it", "[- one\n- two]", "[one\ntwo]"],
  ["- " as const, "some of them have it", "[- one\ntwo]", "[- one\n- two]"],
  ["- " as const, "a numbered list", "[1. one\n2. two]", "[- one\n- two]"],
  ["- " as const, "not the line behind whole lines", "[one\n]two", "[- one]\ntwo"],
  ["> " as const, "a quote in a quote is only taken out of one", "> > w[]ords", "> w[]ords"],
])("%s%s", (mark, _, before, after) => {
  expect(applied(before, (selection) => toggleLines(selection, mark))).toBe(after);
});

test.each([
  ["words: the address is to be typed", "read [this] now", "read [this]([https://]) now"],
  ["nothing: the words are to be typed", "read []", "read [[]](https://)"],
  ["an address: the words are to be typed", "[https://example.com/a]", "[[]](https://example.com/a)"],
])("link: %s", (_, before, after) => {
  const { text, start, end } = selectionIn(before);
  const edit = insertLink({ text, start, end });
  expect(shown(text, edit)).toBe(after);
});

test("inserts text at the cursor", () => {
  expect(applied("a[b]c", (selection) => insertText(selection, "xyz"))).toBe("axyz[]c");
});

test.each([
  ["the cursor behind it moves along", "a PART b[]", "a whole b[]"],
  ["the cursor before it stays", "a[] PART b", "a[] whole b"],
  ["the cursor in it comes to stand behind it", "a PA[]RT b", "a whole[] b"],
])("a part is replaced elsewhere: %s", (_, before, after) => {
  const { text, start, end } = selectionIn(before);
  const edit = replacePart({ text, start, end }, "PART", "whole");
  expect(edit && shown(text, edit)).toBe(after);
});

test("does not replace a part that no longer exists", () => {
  expect(replacePart({ text: "a", start: 0, end: 0 }, "PART", "whole")).toBeNull();
});

test.each([
  ["mountain.png", "![mountain](/p)"],
  ["산 위에서.jpeg", "![산 위에서](/p)"],
  ["a](evil).png", "![a (evil)](/p)"],
  ["archive.tar.gz", "![archive.tar](/p)"],
  [".png", "![](/p)"],
])("a picture called %s", (name, markdown) => {
  expect(imageMarkdown(name, "/p")).toBe(markdown);
});

test.each([
  ["![hill](/p)", { start: 12, end: 16 }],
  ["![](/p)", { start: 12, end: 12 }],
  ["", null],
])("the alternative text in %j", (insert, place) => {
  expect(alternativeTextIn({ from: 10, to: 20, insert, start: 0, end: 0 })).toEqual(place);
});

/** Square brackets show what is selected. */
function selectionIn(marked: string): Selection {
  const start = marked.indexOf("[");
  const end = marked.lastIndexOf("]") - 1;
  return {
    text: marked.slice(0, start) + marked.slice(start + 1, end + 1) + marked.slice(end + 2),
    start,
    end,
  };
}

function shown(text: string, { from, to, insert, start, end }: Edit): string {
  const after = text.slice(0, from) + insert + text.slice(to);
  return `${after.slice(0, start)}[${after.slice(start, end)}]${after.slice(end)}`;
}

function applied(before: string, edit: (selection: Selection) => Edit): string {
  const selection = selectionIn(before);
  return shown(selection.text, edit(selection));
}
