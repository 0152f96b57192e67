"use client";

import { type KeyboardEvent, useState } from "react";
import { useEditor } from "@/app/articles/_editor/context/editor-provider";
import { ToolButton } from "./tool-button";
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
      aria-label={messages.toolbar}
      aria-controls="content"
      onKeyDown={move}
      className="needs-script top-0 z-1 -mx-2 mb-1 flex w-fit max-w-[calc(100%+1rem)] bg-paper lg:sticky"
    >
      {tools.map((tool, index) => (
        <ToolButton
          key={tool.name}
          label={messages[tool.name]}
          shortcut={tool.key}
          isCurrent={index === current}
          onFocus={() => setCurrent(index)}
          onClick={() => onUse(tool)}
        >
          <path d={tool.icon} />
        </ToolButton>
      ))}
      <ToolButton
        label={messages.image}
        isCurrent={current === tools.length}
        onFocus={() => setCurrent(tools.length)}
        onClick={onImage}
      >
        <path d={imageIcon} />
      </ToolButton>
    </div>
  );
}
