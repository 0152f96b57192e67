import { useLayoutEffect, useState } from "react";
import { useIsHydrated } from "./use-is-hydrated";

/**
 * Keeps what was typed into a text area before hydration, when React puts its initial text back and the cursor at its
 * start. Other fields keep theirs by themselves.
 *
 * @param id of the text area.
 */
export function useTypedText(id: string): void {
  const isHydrated = useIsHydrated();
  // Read while rendering: once the effects run, React has replaced it.
  const [typed] = useState(() => (isHydrated || typeof document === "undefined" ? undefined : read(id)));

  useLayoutEffect(() => {
    const element = document.getElementById(id);
    if (!typed || !(element instanceof HTMLTextAreaElement)) return;
    const isReplaced = element.value !== typed.value;
    if (isReplaced) element.value = typed.value;
    // A cursor elsewhere than at the start has been set since, by the user.
    const isMoved = isReplaced || element.selectionEnd === 0;
    if (isMoved && element === document.activeElement) element.setSelectionRange(typed.start, typed.end);
  }, [id, typed]);
}

function read(id: string) {
  const element = document.getElementById(id);
  if (!(element instanceof HTMLTextAreaElement)) return undefined;
  return { value: element.value, start: element.selectionStart, end: element.selectionEnd };
}
