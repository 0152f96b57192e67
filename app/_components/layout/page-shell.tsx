import type { ReactNode } from "react";
import { SiteHeader } from "./site-header";

/**
 * The header and main element of every page. Not part of the layout, because a layout is not rendered again on
 * navigation: the header would keep showing a user whose session has ended.
 */
export function PageShell({ children }: { children: ReactNode }) {
  return (
    <>
      <SiteHeader />
      <main id="main" tabIndex={-1} className="page-width flex-1 pb-24">
        {children}
      </main>
    </>
  );
}
