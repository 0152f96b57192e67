import type { ReactNode } from "react";

/** The part of a message that only screen readers get: sighted users see from the row what a button is about. */
export function hidden(words: ReactNode): ReactNode {
  return <span className="sr-only">{words}</span>;
}
