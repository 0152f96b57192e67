"use client";

import type { ReactNode } from "react";
import { useFormStatus } from "react-dom";

/**
 * Sends the form around it, and shows that it does. A second press while the first is under way does nothing.
 *
 * @param name with `value`, tells the action which of several buttons was pressed.
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
  /** Of a button that stands for something that is so or not. */
  isPressed?: boolean;
  working: string;
  children: ReactNode;
}) {
  const { pending, data } = useFormStatus();
  const isMine = pending && (name === undefined || data.get(name) === value);
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
      {isMine ? working : children}
    </button>
  );
}
