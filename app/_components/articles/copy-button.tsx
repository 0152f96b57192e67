"use client";

import { useState } from "react";

/** Copies the code of the figure that it stands in. */
export function CopyButton({ label, done }: { label: string; done: string }) {
  const [isCopied, setCopied] = useState(false);

  async function copy(button: HTMLElement): Promise<void> {
    const code = button.closest("figure")?.querySelector("pre")?.textContent ?? "";
    await navigator.clipboard.writeText(code);
    setCopied(true);
  }

  return (
    <button
      type="button"
      className="target needs-script justify-center px-4 hover:text-accent print:hidden"
      onClick={(event) => copy(event.currentTarget)}
      onBlur={() => setCopied(false)}
    >
      <span aria-live="polite">{isCopied ? done : label}</span>
    </button>
  );
}
