import type { ReactNode } from "react";

/** @param children the icon, as paths in a square of 16. */
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
