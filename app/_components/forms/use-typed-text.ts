import { useLayoutEffect, useState } from "react";
import { useIsHydrated } from "./use-is-hydrated";

/**
 * Keeps what was typed into a text area before hydration, which resets its text and moves the cursor to the start.
 * React does not reset other fields.
 *
 * @param id of the text area.
 */
export function useTypedText(id: string): void {
  const isHydrated = useIsHydrated();
  // Read while rendering: before the effects run, React resets it.
  const [typed] = useState(() => (isHydrated || typeof document === "undefined" ? undefined : read(id)));

  useLayoutEffect(() => {
    const element = document.getElementById(id);
    if (!typed || !(element instanceof HTMLTextAreaElement)) return;
    const isReplaced = element.value !== typed.value;
    if (isReplaced) element.value = typed.value;
    // If the cursor is not at the start, the user has moved it since.
    const isMoved = isReplaced || element.selectionEnd === 0;
    if (isMoved && element === document.activeElement) element.setSelectionRange(typed.start, typed.end);
  }, [id, typed]);
}

function read(id: string) {
  const element = document.getElementById(id);
  if (!(element instanceof HTMLTextAreaElement)) return undefined;
  return { value: element.value, start: element.selectionStart, end: element.selectionEnd };
}
