import type { Edit, Selection } from "./markdown-edits";

/** @returns the text of a field, and its selection. */
export function selectionOf({ value, selectionStart, selectionEnd }: HTMLTextAreaElement): Selection {
  return { text: value, start: selectionStart, end: selectionEnd };
}

/** Changes the text of a field as typing does, so that the user can undo it. */
export function applyEdit(field: HTMLTextAreaElement, { from, to, insert, start, end }: Edit): void {
  const focused = document.activeElement;
  field.focus({ preventScroll: true });
  field.setSelectionRange(from, to);
  // `execCommand` is deprecated, but no other API lets the browser undo the change.
  const isDone =
    insert === "" ? document.execCommand("delete") : document.execCommand("insertText", false, insert);
  if (!isDone) field.setRangeText(insert, from, to);
  field.setSelectionRange(start, end);
  if (focused instanceof HTMLElement && focused !== field && focused !== document.body) {
    focused.focus({ preventScroll: true });
  }
}
