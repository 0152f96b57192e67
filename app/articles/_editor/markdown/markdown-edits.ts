/** A text, and what is selected in it. */
export type Selection = { text: string; start: number; end: number };

/** What to put in the place of a part of a text, and what is selected afterwards. */
export type Edit = { from: number; to: number; insert: string; start: number; end: number };

/** What stands on both sides of words that are marked with it. */
export type Mark = "**" | "*" | "`";

/** What a line begins with. */
export type LineMark = "## " | "> " | "- ";

/** Puts a mark around what is selected, or takes it away where it is marked already. */
export function toggleMark(selection: Selection, mark: Mark): Edit {
  const { text } = selection;
  const { start, end } = withoutEdges(selection, mark);
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

/** Marks words as code, or puts several lines between fences. */
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

/** Begins every selected line with a mark, or takes it away where all of them have it. */
export function toggleLines({ text, start, end }: Selection, mark: LineMark): Edit {
  const from = text.slice(0, start).lastIndexOf("\n") + 1;
  // A selection of whole lines ends at the beginning of the next one, which is not meant.
  const last = end > start && text[end - 1] === "\n" ? end - 1 : end;
  const to = text.indexOf("\n", last) === -1 ? text.length : text.indexOf("\n", last);
  const lines = text.slice(from, to).split("\n");
  const meant = lines.length === 1 ? lines : lines.filter((line) => line.trim() !== "");
  const isOn = meant.every((line) => line.startsWith(mark));
  const changed = lines.map((line) => {
    if (!meant.includes(line)) return line;
    return isOn ? line.slice(mark.length) : mark + line.replace(replacedBy[mark], "");
  });

  const insert = changed.join("\n");
  if (start !== end) return { from, to, insert, start: from, end: from + insert.length };
  const caret = Math.max(from, start + insert.length - (to - from));
  return { from, to, insert, start: caret, end: caret };
}

/** Makes a link of what is selected: of words, whose address is to be typed, or of an address. */
export function insertLink({ text, start, end }: Selection): Edit {
  const words = text.slice(start, end);
  if (/^https?:\/\/\S+$/.test(words)) {
    return { from: start, to: end, insert: `[](${words})`, start: start + 1, end: start + 1 };
  }
  const address = "https://";
  const insert = `[${words}](${address})`;
  if (words === "") return { from: start, to: end, insert, start: start + 1, end: start + 1 };
  const addressStart = start + words.length + 3;
  return { from: start, to: end, insert, start: addressStart, end: addressStart + address.length };
}

/** Puts something in the place of what is selected, and the cursor behind it. */
export function insertText({ start, end }: Selection, insert: string): Edit {
  const caret = start + insert.length;
  return { from: start, to: end, insert, start: caret, end: caret };
}

/**
 * Replaces a part of the text without moving the selection.
 *
 * @returns null where that part is not there any more.
 */
export function replacePart({ text, start, end }: Selection, part: string, insert: string): Edit | null {
  const from = text.indexOf(part);
  if (from === -1) return null;
  const to = from + part.length;
  const moved = (place: number) => {
    if (place <= from) return place;
    return place < to ? from + insert.length : place + insert.length - part.length;
  };
  return { from, to, insert, start: moved(start), end: moved(end) };
}

/** @returns the Markdown of a picture that is called like its file. */
export function imageMarkdown(fileName: string, address: string): string {
  const words = fileName
    .replace(/\.[^.]*$/, "")
    .replaceAll(/[[\]\\`*_]/g, " ")
    .trim();
  return `![${words}](${address})`;
}

/** @returns where the alternative text is in a picture that is inserted, or null where none is. */
export function alternativeTextIn({ from, insert }: Edit): { start: number; end: number } | null {
  const end = insert.indexOf("](");
  return insert.startsWith("![") && end !== -1 ? { start: from + 2, end: from + end } : null;
}

/** What a new mark takes the place of: a heading of another depth, another kind of list. */
const replacedBy: Record<LineMark, RegExp> = {
  "## ": /^#{1,6}\s+/,
  "> ": /^$/,
  "- ": /^(?:[-*+]|\d+[.)])\s+/,
};

/** Without the blanks at its ends, which Markdown wants outside of marks, and without marks that were selected too. */
function withoutEdges({ text, start, end }: Selection, mark: Mark): { start: number; end: number } {
  const words = text.slice(start, end);
  const trimmed = words.trim();
  if (trimmed === "") return { start, end: start === end ? end : start };
  const first = start + words.indexOf(trimmed);
  const last = first + trimmed.length;
  const runs = Math.min(runAfter(text, first, last, mark), runBefore(text, first, last, mark));
  const isOnlyMarks = runs * 2 >= trimmed.length;
  return isOnlyMarks ? { start: first, end: last } : { start: first + runs, end: last - runs };
}

/** `***` is both, so one star of it is italic and two are bold. */
function isMarked({ text, start, end }: Selection, mark: Mark): boolean {
  const count = Math.min(runBefore(text, 0, start, mark), runAfter(text, end, text.length, mark));
  if (mark === "**") return count >= 2;
  return mark === "*" ? count === 1 || count === 3 : count === 1;
}

/** How many of a mark's character stand directly before a place. */
function runBefore(text: string, from: number, place: number, mark: Mark): number {
  let count = 0;
  while (place - count > from && text[place - count - 1] === mark[0]) count += 1;
  return count;
}

/** How many of them stand directly behind it. */
function runAfter(text: string, place: number, to: number, mark: Mark): number {
  let count = 0;
  while (place + count < to && text[place + count] === mark[0]) count += 1;
  return count;
}
