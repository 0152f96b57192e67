"use client";

import { useState } from "react";

/** Copies the code of the figure around it. */
export function CopyButton({
  label,
  done,
  className = "justify-center px-4 hover:text-accent",
}: {
  label: string;
  done: string;
  className?: string;
}) {
  const [isCopied, setCopied] = useState(false);

  async function copy(button: HTMLElement): Promise<void> {
    const code = button.closest("figure")?.querySelector("pre")?.textContent ?? "";
    await navigator.clipboard.writeText(code);
    setCopied(true);
  }

  return (
    <button
      type="button"
      className={`target needs-script print:hidden ${className}`}
      onClick={(event) => copy(event.currentTarget)}
      onBlur={() => setCopied(false)}
    >
      <span aria-live="polite">{isCopied ? done : label}</span>
    </button>
  );
}
