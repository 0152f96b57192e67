import type { ReactNode } from "react";
import { PageShell } from "../_components/layout/page-shell";

/** A page with a single task: a title, and a column as wide as a form. */
export function AuthPage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <PageShell>
      <div className="with-margin pt-12 lg:pt-16">
        <div className="in-column max-w-[26rem]">
          <h1 className="text-32">{title}</h1>
          {children}
        </div>
      </div>
    </PageShell>
  );
}
