import type { Route } from "next";
import type { ReactNode } from "react";

/** Opens beside the form, so that nothing typed is lost. */
export function NewTabLink({ href, children }: { href: Route; children: ReactNode }) {
  return (
    <a href={href} target="_blank" rel="noopener" className="link">
      {children}
    </a>
  );
}
