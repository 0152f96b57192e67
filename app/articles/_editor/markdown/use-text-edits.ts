import type { RefObject } from "react";
import { useEditor } from "@/app/articles/_editor/context/editor-provider";
import type { Edit, Selection } from "./markdown-edits";

/**
 * @returns a function that edits the text of a field. Its callback receives the text with the selection, and returns
 *   the edit, or null to leave the text as it is.
 */
export function useTextEdits(
  field: RefObject<HTMLTextAreaElement | null>,
): (edit: (selection: Selection) => Edit | null) => void {
  const { refresh } = useEditor();
  return (edit) => {
    const input = field.current;
    if (!input) return;
    const change = edit({ text: input.value, start: input.selectionStart, end: input.selectionEnd });
    if (!change) return;
    applyEdit(input, change);
    refresh();
  };
}

/** Changes the text of a field as typing does, so that the user can undo it. */
function applyEdit(field: HTMLTextAreaElement, { from, to, insert, start, end }: Edit): void {
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
