/** A text and the selected range in it. */
export type Selection = { text: string; start: number; end: number };

/** Replaces a range of a text with `insert`, and then selects `start` to `end`. */
export type Edit = { from: number; to: number; insert: string; start: number; end: number };

/** The marker on both sides of marked text. */
export type Mark = "**" | "*" | "`";

/** Markdown at the start of a line. */
export type LineMark = "## " | "> " | "- ";

/** Adds a mark around the selection, or removes it if the selection is already marked. */
export function toggleMark(selection: Selection, mark: Mark): Edit {
  const { text } = selection;
  const { start, end } = trimSelection(selection, mark);
  const words = text.slice(start, end);
  const length = mark.length;
  if (isMarked({ text, start, end }, mark)) {
    const from = start - length;
    return { from, to: end + length, insert: words, start: from, end: from + words.length };
  }
  return {
    from: start,
    to: end,
    insert: mark + words + mark,
    start: start + length,
    end: end + length,
  };
}

/** Toggles inline code, or puts several lines into a fenced code block. */
export function toggleCode(selection: Selection): Edit {
  const { text, start, end } = selection;
  const code = text.slice(start, end);
  if (!code.includes("\n")) return toggleMark(selection, "`");

  const longest = Math.max(2, ...[...code.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  const before = start === 0 || text[start - 1] === "\n" ? "" : "\n";
  const after = end === text.length || text[end] === "\n" ? "" : "\n";
  const opening = `${before}${fence}\n`;
  return {
    from: start,
    to: end,
    insert: `${opening}${code.replace(/\n$/, "")}\n${fence}${after}`,
    start: start + opening.length,
    end: start + opening.length + code.replace(/\n$/, "").length,
  };
}

/** Adds a mark to every selected line, or removes it if all of them have it. */
export function toggleLines({ text, start, end }: Selection, mark: LineMark): Edit {
  const from = text.slice(0, start).lastIndexOf("\n") + 1;
  // A selection of whole lines ends at the start of the next line, which is not part of it.
  const last = end > start && text[end - 1] === "\n" ? end - 1 : end;
  const to = text.indexOf("\n", last) === -1 ? text.length : text.indexOf("\n", last);
  const lines = text.slice(from, to).split("\n");
  const targets = lines.length === 1 ? lines : lines.filter((line) => line.trim() !== "");
  const areMarked = targets.every((line) => line.startsWith(mark));
  const changed = lines.map((line) => {
    if (!targets.includes(line)) return line;
    return areMarked ? line.slice(mark.length) : mark + line.replace(replacedMarks[mark], "");
  });

  const insert = changed.join("\n");
  if (start !== end) return { from, to, insert, start: from, end: from + insert.length };
  const caret = Math.max(from, start + insert.length - (to - from));
  return { from, to, insert, start: caret, end: caret };
}

/** Turns the selection into a link: selected words become its text, a selected URL becomes its target. */
export function insertLink({ text, start, end }: Selection): Edit {
  const words = text.slice(start, end);
  if (/^https?:\/\/\S+$/.test(words)) {
    return { from: start, to: end, insert: `[](${words})`, start: start + 1, end: start + 1 };
  }
  const url = "https://";
  const insert = `[${words}](${url})`;
  if (words === "") return { from: start, to: end, insert, start: start + 1, end: start + 1 };
  const urlStart = start + words.length + 3;
  return { from: start, to: end, insert, start: urlStart, end: urlStart + url.length };
}

/** Replaces the selection, and moves the cursor behind the inserted text. */
export function insertText({ start, end }: Selection, insert: string): Edit {
  const caret = start + insert.length;
  return { from: start, to: end, insert, start: caret, end: caret };
}

/**
 * Replaces a part of the text without moving the selection.
 *
 * @returns null if the text no longer contains that part.
 */
export function replacePart({ text, start, end }: Selection, part: string, insert: string): Edit | null {
  const from = text.indexOf(part);
  if (from === -1) return null;
  const to = from + part.length;
  const shift = (position: number) => {
    if (position <= from) return position;
    return position < to ? from + insert.length : position + insert.length - part.length;
  };
  return { from, to, insert, start: shift(start), end: shift(end) };
}

/** @returns the Markdown of an image whose alternative text is its file name. */
export function imageMarkdown(fileName: string, url: string): string {
  const alternativeText = fileName
    .replace(/\.[^.]*$/, "")
    .replaceAll(/[[\]\\`*_]/g, " ")
    .trim();
  return `![${alternativeText}](${url})`;
}

/** @returns the range of the alternative text if an edit inserts an image, otherwise null. */
export function alternativeTextIn({ from, insert }: Edit): { start: number; end: number } | null {
  const end = insert.indexOf("](");
  return insert.startsWith("![") && end !== -1 ? { start: from + 2, end: from + end } : null;
}

/** The marks that a new mark replaces: a heading of another level, another kind of list. */
const replacedMarks: Record<LineMark, RegExp> = {
  "## ": /^#{1,6}\s+/,
  "> ": /^$/,
  "- ": /^(?:[-*+]|\d+[.)])\s+/,
};

/** Excludes the spaces at both ends, which Markdown requires outside of marks, and any marks that are selected. */
function trimSelection({ text, start, end }: Selection, mark: Mark): { start: number; end: number } {
  const words = text.slice(start, end);
  const trimmed = words.trim();
  if (trimmed === "") return { start, end: start === end ? end : start };
  const first = start + words.indexOf(trimmed);
  const last = first + trimmed.length;
  const count = Math.min(countMarksAfter(text, first, last, mark), countMarksBefore(text, first, last, mark));
  const isOnlyMarks = count * 2 >= trimmed.length;
  return isOnlyMarks ? { start: first, end: last } : { start: first + count, end: last - count };
}

/** `***` is both bold and italic: two asterisks are bold, one is italic. */
function isMarked({ text, start, end }: Selection, mark: Mark): boolean {
  const count = Math.min(
    countMarksBefore(text, 0, start, mark),
    countMarksAfter(text, end, text.length, mark),
  );
  if (mark === "**") return count >= 2;
  return mark === "*" ? count === 1 || count === 3 : count === 1;
}

/** Counts the characters of a mark directly before a position. */
function countMarksBefore(text: string, from: number, position: number, mark: Mark): number {
  let count = 0;
  while (position - count > from && text[position - count - 1] === mark[0]) count += 1;
  return count;
}

/** Counts the characters of a mark directly after a position. */
function countMarksAfter(text: string, position: number, to: number, mark: Mark): number {
  let count = 0;
  while (position + count < to && text[position + count] === mark[0]) count += 1;
  return count;
}
