import type { ReactNode } from "react";

/** A section of a page, labelled by its heading. */
export function Section({
  id,
  title,
  text,
  className = "mt-10",
  children,
}: {
  /** The id of the heading. */
  id: string;
  title: string;
  /** An introduction below the heading. */
  text?: string;
  className?: string;
  children?: ReactNode;
}) {
  return (
    <section aria-labelledby={id} className={className}>
      <h2 id={id} className="text-20">
        {title}
      </h2>
      {text && <p className="mt-2 max-w-[36rem] text-muted">{text}</p>}
      {children}
    </section>
  );
}
