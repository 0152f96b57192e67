import type { ReactNode } from "react";

/** A status message: what succeeded, or what happens next. */
export function Notice({ children }: { children: ReactNode }) {
  return (
    <p role="status" className="mt-6 flex gap-2.5 border-y border-rule py-3">
      <svg viewBox="0 0 16 16" className="mt-[0.2em] size-4 shrink-0" aria-hidden="true">
        <path
          d="m3 8.5 3.25 3.25L13 5"
          className="fill-none stroke-current"
          strokeWidth="1.5"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      <span>{children}</span>
    </p>
  );
}
