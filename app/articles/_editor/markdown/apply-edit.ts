import type { Edit, Selection } from "./markdown-edits";

/** @returns what stands in a field, and what is selected in it. */
export function selectionOf({ value, selectionStart, selectionEnd }: HTMLTextAreaElement): Selection {
  return { text: value, start: selectionStart, end: selectionEnd };
}

/** Changes the text of a field as typing does: the change can be undone, and listeners are notified. */
export function applyEdit(field: HTMLTextAreaElement, { from, to, insert, start, end }: Edit): void {
  const focused = document.activeElement;
  field.focus({ preventScroll: true });
  field.setSelectionRange(from, to);
  // Long deprecated, and still the one way that leaves the browser able to undo it.
  const isDone =
    insert === "" ? document.execCommand("delete") : document.execCommand("insertText", false, insert);
  if (!isDone) {
    field.setRangeText(insert, from, to);
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
  field.setSelectionRange(start, end);
  if (focused instanceof HTMLElement && focused !== field && focused !== document.body) {
    focused.focus({ preventScroll: true });
  }
}
