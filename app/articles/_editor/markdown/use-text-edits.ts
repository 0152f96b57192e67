import { type RefObject, useCallback } from "react";
import { useEditor } from "@/app/articles/_editor/context/editor-provider";
import { applyEdit, selectionOf } from "./apply-edit";
import type { Edit, Selection } from "./markdown-edits";

/**
 * @returns a function that edits the text of a field. Its callback receives the text with the selection, and returns
 *   the edit, or null to leave the text as it is.
 */
export function useTextEdits(
  field: RefObject<HTMLTextAreaElement | null>,
): (edit: (selection: Selection) => Edit | null) => void {
  const { refresh } = useEditor();
  return useCallback(
    (edit) => {
      const input = field.current;
      const change = input && edit(selectionOf(input));
      if (!change) return;
      applyEdit(input, change);
      refresh();
    },
    [field, refresh],
  );
}
