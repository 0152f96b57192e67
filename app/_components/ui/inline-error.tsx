import type { ReactNode } from "react";

/** An error message with an icon, never marked by color alone. */
export function InlineError({ id, label, children }: { id?: string; label: string; children: ReactNode }) {
  return (
    <p id={id} className="flex gap-2 text-15 text-accent">
      <svg viewBox="0 0 16 16" className="mt-[0.2em] size-4 shrink-0" aria-hidden="true">
        <circle cx="8" cy="8" r="7" className="fill-none stroke-current" strokeWidth="1.5" />
        <path d="M8 4.25v4.5M8 11v.75" className="stroke-current" strokeWidth="1.5" strokeLinecap="round" />
      </svg>
      <span>
        <span className="sr-only">{label} </span>
        {children}
      </span>
    </p>
  );
}
