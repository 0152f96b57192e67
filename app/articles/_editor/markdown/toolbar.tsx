"use client";

import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useState } from "react";
import { applyEdit, selectionOf } from "./apply-edit";
import { type Edit, insertLink, type Selection, toggleCode, toggleLines, toggleMark } from "./markdown-edits";

export type ToolbarMessages = Record<Tool["name"] | "image" | "toolbar", string>;

type Tool = {
  name: "bold" | "italic" | "heading" | "link" | "quote" | "code" | "list";
  edit: (selection: Selection) => Edit;
  /** Pressed together with Ctrl, or Command on a Mac. */
  key?: string;
  /** What its sign is drawn by, in a square of 16. */
  icon: string;
};

const tools: Tool[] = [
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

const imageIcon = "M2.5 3.5h11v9h-11zM2.5 11l3-3 2.5 2.5 2-2 3.5 3M10.5 6h.01";

/** Buttons and keys that write Markdown into a field. The arrow keys go from button to button, as in any toolbar. */
export function Toolbar({
  field,
  words,
  onImage,
}: {
  field: RefObject<HTMLTextAreaElement | null>;
  words: ToolbarMessages;
  /** Asks for a picture from this device. */
  onImage: () => void;
}) {
  const [current, setCurrent] = useState(0);

  useEffect(() => {
    const input = field.current;
    if (!input) return;
    const listen = (event: globalThis.KeyboardEvent) => {
      const tool = tools.find(({ key }) => key !== undefined && isShortcut(event, key));
      if (!tool) return;
      event.preventDefault();
      applyEdit(input, tool.edit(selectionOf(input)));
    };
    input.addEventListener("keydown", listen);
    return () => input.removeEventListener("keydown", listen);
  }, [field]);

  function use({ edit }: Tool): void {
    if (!field.current) return;
    applyEdit(field.current, edit(selectionOf(field.current)));
    field.current.focus();
  }

  function move(event: KeyboardEvent<HTMLDivElement>): void {
    const last = tools.length;
    const next = { ArrowRight: current + 1, ArrowLeft: current - 1, Home: 0, End: last }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const index = (next + last + 1) % (last + 1);
    setCurrent(index);
    event.currentTarget.querySelectorAll("button")[index]?.focus();
  }

  return (
    <div
      role="toolbar"
      aria-label={words.toolbar}
      aria-controls="content"
      onKeyDown={move}
      className="needs-script top-0 z-1 -mx-2 mb-1 flex w-fit max-w-[calc(100%+1rem)] bg-paper lg:sticky"
    >
      {tools.map((tool, index) => (
        <ToolButton
          key={tool.name}
          label={words[tool.name]}
          shortcut={tool.key}
          isCurrent={index === current}
          onFocus={() => setCurrent(index)}
          onClick={() => use(tool)}
        >
          <path d={tool.icon} />
        </ToolButton>
      ))}
      <ToolButton
        label={words.image}
        isCurrent={current === tools.length}
        onFocus={() => setCurrent(tools.length)}
        onClick={onImage}
      >
        <path d={imageIcon} />
      </ToolButton>
    </div>
  );
}

function ToolButton({
  label,
  shortcut,
  isCurrent,
  onFocus,
  onClick,
  children,
}: {
  label: string;
  shortcut?: string | undefined;
  isCurrent: boolean;
  onFocus: () => void;
  onClick: () => void;
  children: ReactNode;
}) {
  const key = shortcut?.toUpperCase();
  return (
    <button
      type="button"
      aria-label={label}
      aria-keyshortcuts={key && `Control+${key} Meta+${key}`}
      title={key ? `${label} (Ctrl/⌘ ${key})` : label}
      // One stop for the Tab key; from there the arrows go on.
      tabIndex={isCurrent ? 0 : -1}
      onFocus={onFocus}
      onClick={onClick}
      className="inline-flex size-11 items-center justify-center text-muted hover:text-accent"
    >
      <svg
        viewBox="0 0 16 16"
        className="size-4 fill-none stroke-current"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
      >
        {children}
      </svg>
    </button>
  );
}

/** On a Mac, Ctrl with a letter moves the cursor, and the shortcuts are with Command. */
function isShortcut(event: globalThis.KeyboardEvent, key: string): boolean {
  const isMac = /^(Mac|iP)/.test(navigator.platform);
  const isHeld = isMac ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
  if (!isHeld || event.altKey || event.shiftKey || event.isComposing) return false;
  // With Hangul on the keyboard the key is a jamo; its place says which letter it would be.
  return /^[a-z]$/i.test(event.key)
    ? event.key.toLowerCase() === key
    : event.code === `Key${key.toUpperCase()}`;
}
