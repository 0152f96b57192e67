"use client";

import type { ReactNode } from "react";
import { useFormStatus } from "react-dom";

/**
 * Submits the form around it, and shows that it is pending. A second click meanwhile does nothing.
 *
 * @param name with `value`, tells the action which of several buttons was clicked.
 */
export function SubmitButton({
  className = "button button-ink mt-7 w-full sm:w-auto",
  name,
  value,
  isPressed,
  working,
  children,
}: {
  className?: string;
  name?: string;
  value?: string;
  /** The state of a toggle button. */
  isPressed?: boolean;
  working: string;
  children: ReactNode;
}) {
  const { pending, data } = useFormStatus();
  const isSubmitter = pending && (name === undefined || data.get(name) === value);
  return (
    <button
      type="submit"
      name={name}
      value={value}
      className={className}
      aria-pressed={isPressed}
      aria-disabled={pending || undefined}
      onClick={(event) => {
        if (pending) event.preventDefault();
      }}
    >
      {isSubmitter ? working : children}
    </button>
  );
}
