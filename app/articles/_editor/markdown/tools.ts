import type { KeyboardEvent } from "react";
import { type Edit, insertLink, type Selection, toggleCode, toggleLines, toggleMark } from "./markdown-edits";

/** A button of the toolbar that formats the selection. */
export type Tool = {
  name: "bold" | "italic" | "heading" | "link" | "quote" | "code" | "list";
  edit: (selection: Selection) => Edit;
  /** Pressed together with Ctrl, or Command on a Mac. */
  key?: string;
  /** The SVG path of its icon, in a 16×16 view box. */
  icon: string;
};

/** In the order of the toolbar. */
export const tools: Tool[] = [
  {
    name: "bold",
    key: "b",
    edit: (selection) => toggleMark(selection, "**"),
    icon: "M4.5 3h4.25a2.5 2.5 0 0 1 0 5H4.5zm0 5h5a2.5 2.5 0 0 1 0 5h-5z",
  },
  {
    name: "italic",
    key: "i",
    edit: (selection) => toggleMark(selection, "*"),
    icon: "M6.5 3h5M4.5 13h5M9.5 3l-3 10",
  },
  {
    name: "heading",
    edit: (selection) => toggleLines(selection, "## "),
    icon: "M3.5 3v10M12.5 3v10M3.5 8h9",
  },
  {
    name: "link",
    key: "k",
    edit: insertLink,
    icon: "m6.75 9.25 2.5-2.5M7.5 4.75l1.4-1.4a2.65 2.65 0 0 1 3.75 3.75l-1.4 1.4M8.5 11.25l-1.4 1.4A2.65 2.65 0 0 1 3.35 8.9l1.4-1.4",
  },
  {
    name: "quote",
    edit: (selection) => toggleLines(selection, "> "),
    icon: "M3 3v10M6.5 4.5h7M6.5 8h7M6.5 11.5h4.5",
  },
  { name: "code", edit: toggleCode, icon: "m5 4.5-3 3.5 3 3.5M11 4.5l3 3.5-3 3.5M9.25 3l-2.5 10" },
  {
    name: "list",
    edit: (selection) => toggleLines(selection, "- "),
    icon: "M6 4h8M6 8h8M6 12h8M2.5 4h.01M2.5 8h.01M2.5 12h.01",
  },
];

/** @returns the tool whose keyboard shortcut is pressed, if any. */
export function toolOfShortcut(event: KeyboardEvent): Tool | undefined {
  return tools.find(({ key }) => key !== undefined && isShortcut(event.nativeEvent, key));
}

/** On a Mac, Ctrl with a letter moves the cursor; shortcuts use Command. */
function isShortcut(event: globalThis.KeyboardEvent, key: string): boolean {
  const isMac = /^(Mac|iP)/.test(navigator.platform);
  const isHeld = isMac ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
  if (!isHeld || event.altKey || event.shiftKey || event.isComposing) return false;
  // On a Hangul layout `key` is a jamo; `code` names the Latin letter of the same key.
  return /^[a-z]$/i.test(event.key)
    ? event.key.toLowerCase() === key
    : event.code === `Key${key.toUpperCase()}`;
}
