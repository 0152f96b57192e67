import { type ClipboardEvent, type DragEvent, type SyntheticEvent, useState } from "react";

/**
 * Receives files that are dropped on an element or pasted into it.
 *
 * @returns the event handlers of the element, and whether files are dragged over it.
 */
export function useDroppedFiles(receive: (files: File[]) => void) {
  const [isOver, setOver] = useState(false);

  function receiveFrom(event: SyntheticEvent, { files }: DataTransfer): void {
    if (files.length === 0) return;
    event.preventDefault();
    receive([...files]);
  }

  const handlers = {
    onPaste(event: ClipboardEvent) {
      // Spreadsheet cells are pasted as text and as an image of them: the user wants the text.
      if (event.clipboardData.types.includes("text/plain")) return;
      receiveFrom(event, event.clipboardData);
    },
    onDragOver(event: DragEvent) {
      if (!event.dataTransfer.types.includes("Files")) return;
      event.preventDefault();
      setOver(true);
    },
    onDragLeave() {
      setOver(false);
    },
    onDrop(event: DragEvent) {
      setOver(false);
      receiveFrom(event, event.dataTransfer);
    },
  };
  return { isOver, handlers };
}
