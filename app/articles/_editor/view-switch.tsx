"use client";

import { useEditor } from "./context/editor-provider";

export type View = "write" | "preview";

/** Switches between the text and its preview. */
export function ViewSwitch({ view, onChange }: { view: View; onChange: (view: View) => void }) {
  const { messages } = useEditor();
  return (
    // Beside the label, taking up no height; sticks to the corner on scroll.
    <fieldset className="needs-script sticky top-0 z-2 -mt-2.5 -mr-2.5 -mb-8.5 ml-auto flex w-fit bg-paper lg:col-span-2">
      <legend className="sr-only">{messages.view}</legend>
      {(["write", "preview"] as const).map((choice) => (
        <button
          key={choice}
          type="button"
          aria-pressed={choice === view}
          onClick={() => onChange(choice)}
          className="target px-2.5 text-muted underline-offset-4 hover:text-accent aria-pressed:text-ink aria-pressed:underline"
        >
          {messages[choice]}
        </button>
      ))}
    </fieldset>
  );
}
