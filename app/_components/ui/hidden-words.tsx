import type { ReactNode } from "react";

/** The part of a message for screen readers only: sighted users see which row a button belongs to. */
export function hidden(words: ReactNode): ReactNode {
  return <span className="sr-only">{words}</span>;
}
