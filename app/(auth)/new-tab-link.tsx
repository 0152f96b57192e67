import type { Route } from "next";
import type { ReactNode } from "react";

/** Opens in a new tab, so that a half-filled form is not lost. */
export function NewTabLink({ href, children }: { href: Route; children: ReactNode }) {
  return (
    <a href={href} target="_blank" rel="noopener" className="link">
      {children}
    </a>
  );
}
