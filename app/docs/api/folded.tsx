import type { ReactNode } from "react";
import { DisclosureIcon } from "@/app/_components/ui/disclosure-icon";

/** A section of an endpoint that is collapsed at first, to keep the page short. */
export function Folded({ title, children }: { title: string; children: ReactNode }) {
  return (
    <details className="mt-1">
      <summary className="target gap-2 font-semibold hover:text-accent">
        <DisclosureIcon />
        {title}
      </summary>
      <div className="pt-1 pb-4">{children}</div>
    </details>
  );
}
