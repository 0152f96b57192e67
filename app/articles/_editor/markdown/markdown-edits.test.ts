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
  ["marks words", "a [word] here", "a **[word]** here"],
  ["puts the cursor between the marks if nothing is selected", "a []", "a **[]**"],
  ["leaves spaces outside the marks", "a[ word ]here", "a **[word]** here"],
  ["unmarks marked words", "a **[word]** here", "a [word] here"],
  ["unmarks words selected with their marks", "a [**word**] here", "a [word] here"],
  ["removes an empty pair of marks", "a **[]**", "a []"],
  ["adds to italic", "a *[word]* here", "a ***[word]*** here"],
  ["removes bold from bold italic", "a ***[word]*** here", "a *[word]* here"],
  ["marks Korean", "[글]을 쓴다", "**[글]**을 쓴다"],
  ["marks an emoji", "[👩‍💻]", "**[👩‍💻]**"],
])("bold %s", (_, before, after) => {
  expect(applied(before, (selection) => toggleMark(selection, "**"))).toBe(after);
});

test.each([
  ["marks words", "a [word] here", "a *[word]* here"],
  ["unmarks marked words", "a *[word]* here", "a [word] here"],
  ["adds to bold", "a **[word]** here", "a ***[word]*** here"],
  ["removes italic from bold italic", "a ***[word]*** here", "a **[word]** here"],
])("italic %s", (_, before, after) => {
  expect(applied(before, (selection) => toggleMark(selection, "*"))).toBe(after);
});

test.each([
  ["marks words", "run [npm test] first", "run `[npm test]` first"],
  ["unmarks words that are already code", "run `[npm test]` first", "run [npm test] first"],
  ["fences lines", "before\n[a\nb]\nafter", "before\n```\n[a\nb]\n```\nafter"],
  ["fences lines from the middle of a line", "be[fore\na]fter", "be\n```\n[fore\na]\n```\nfter"],
  ["uses a longer fence around lines with fences", "[```\na\n```]", "````\n[```\na\n```]\n````"],
  ["fences whole lines", "[a\nb\n]c", "```\n[a\nb]\n```\nc"],
])("code %s", (_, before, after) => {
  expect(applied(before, toggleCode)).toBe(after);
});

test.each([
  ["## " as const, "marks a line", "one\ntw[]o\nthree", "one\n## tw[]o\nthree"],
  ["## " as const, "marks the first line", "[]one\ntwo", "## []one\ntwo"],
  ["## " as const, "unmarks a heading", "## tw[]o", "tw[]o"],
  ["## " as const, "changes the level of a heading", "#### tw[]o", "## tw[]o"],
  ["## " as const, "keeps the cursor in the line if it was in the removed mark", "#[]# two", "[]two"],
  ["- " as const, "marks an empty line", "one\n[]", "one\n- []"],
  ["- " as const, "marks an empty first line", "[]\none", "- []\none"],
  ["- " as const, "marks several lines except empty ones", "[one\n\ntwo]", "[- one\n\n- two]"],
  ["- " as const, "unmarks lines that all have the mark", "[- one\n- two]", "[one\ntwo]"],
  ["- " as const, "marks the other lines if only some have the mark", "[- one\ntwo]", "[- one\n- two]"],
  ["- " as const, "replaces the marks of a numbered list", "[1. one\n2. two]", "[- one\n- two]"],
  ["- " as const, "does not mark the line after selected whole lines", "[one\n]two", "[- one]\ntwo"],
  ["> " as const, "removes one level of a nested quote", "> > w[]ords", "> w[]ords"],
])("line mark %j %s", (mark, _, before, after) => {
  expect(applied(before, (selection) => toggleLines(selection, mark))).toBe(after);
});

test.each([
  ["selects the URL if words were selected", "read [this] now", "read [this]([https://]) now"],
  ["selects the link text if nothing was selected", "read []", "read [[]](https://)"],
  ["selects the link text if a URL was selected", "[https://example.com/a]", "[[]](https://example.com/a)"],
])("link %s", (_, before, after) => {
  const { text, start, end } = selectionIn(before);
  const edit = insertLink({ text, start, end });
  expect(shown(text, edit)).toBe(after);
});

test("insertText inserts text at the cursor", () => {
  expect(applied("a[b]c", (selection) => insertText(selection, "xyz"))).toBe("axyz[]c");
});

test.each([
  ["moves a cursor after it", "a PART b[]", "a whole b[]"],
  ["keeps a cursor before it", "a[] PART b", "a[] whole b"],
  ["moves a cursor inside it to its end", "a PA[]RT b", "a whole[] b"],
])("replacing a part of the text %s", (_, before, after) => {
  const { text, start, end } = selectionIn(before);
  const edit = replacePart({ text, start, end }, "PART", "whole");
  expect(edit && shown(text, edit)).toBe(after);
});

test("replacing a part of the text does nothing if the part no longer exists", () => {
  expect(replacePart({ text: "a", start: 0, end: 0 }, "PART", "whole")).toBeNull();
});

test.each([
  ["mountain.png", "![mountain](/p)"],
  ["산 위에서.jpeg", "![산 위에서](/p)"],
  ["a](evil).png", "![a (evil)](/p)"],
  ["archive.tar.gz", "![archive.tar](/p)"],
  [".png", "![](/p)"],
])("makes the Markdown of a picture named %s", (name, markdown) => {
  expect(imageMarkdown(name, "/p")).toBe(markdown);
});

test.each([
  ["![hill](/p)", { start: 12, end: 16 }],
  ["![](/p)", { start: 12, end: 12 }],
  ["", null],
])("finds the alternative text in %j", (insert, place) => {
  expect(alternativeTextIn({ from: 10, to: 20, insert, start: 0, end: 0 })).toEqual(place);
});

/** Square brackets mark the selection. */
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
