import type { ReactNode } from "react";
import { SiteHeader } from "./site-header";

/**
 * What every page stands in. It belongs to the pages, not to the layout, because a layout is not rendered again
 * when one goes from page to page: the header would keep showing a user whose session has ended.
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
