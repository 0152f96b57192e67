import type { ReactNode } from "react";

/** @param children the icon, as SVG paths in a 16×16 view box. */
export function ToolButton({
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
      // The toolbar is a single tab stop; the arrow keys move between its buttons.
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
