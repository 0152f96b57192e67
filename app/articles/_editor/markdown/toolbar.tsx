"use client";

import { type KeyboardEvent, useState } from "react";
import { useEditor } from "@/app/articles/_editor/context/editor-provider";
import { type Tool, tools } from "./tools";

const imageIcon = "M2.5 3.5h11v9h-11zM2.5 11l3-3 2.5 2.5 2-2 3.5 3M10.5 6h.01";

/** Buttons that format the selection in Markdown. The arrow keys move between them, as in an ARIA toolbar. */
export function Toolbar({
  onUse,
  onImage,
}: {
  onUse: (tool: Tool) => void;
  /** Opens the file dialog for images. */
  onImage: () => void;
}) {
  const { messages } = useEditor();
  const [current, setCurrent] = useState(0);
  const buttons = [
    ...tools.map((tool) => ({ ...tool, onClick: () => onUse(tool) })),
    { name: "image" as const, key: undefined, icon: imageIcon, onClick: onImage },
  ];

  function move(event: KeyboardEvent<HTMLDivElement>): void {
    const { length } = buttons;
    const next = { ArrowRight: current + 1, ArrowLeft: current - 1, Home: 0, End: length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const index = (next + length) % length;
    setCurrent(index);
    event.currentTarget.querySelectorAll("button")[index]?.focus();
  }

  return (
    <div
      role="toolbar"
      aria-label={messages.toolbar}
      aria-controls="content"
      onKeyDown={move}
      className="needs-script top-0 z-1 -mx-2 mb-1 flex w-fit max-w-[calc(100%+1rem)] bg-paper lg:sticky"
    >
      {buttons.map(({ name, key, icon, onClick }, index) => {
        const letter = key?.toUpperCase();
        return (
          <button
            key={name}
            type="button"
            aria-label={messages[name]}
            aria-keyshortcuts={letter && `Control+${letter} Meta+${letter}`}
            title={letter ? `${messages[name]} (Ctrl/⌘ ${letter})` : messages[name]}
            // The toolbar is a single tab stop; the arrow keys move between its buttons.
            tabIndex={index === current ? 0 : -1}
            onFocus={() => setCurrent(index)}
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
              <path d={icon} />
            </svg>
          </button>
        );
      })}
    </div>
  );
}
