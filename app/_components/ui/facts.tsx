import type { Route } from "next";
import type { ReactNode } from "react";
import { Link } from "./link";

/** A description list with one label and value a line. */
export function Facts({ facts }: { facts: { label: string; value: ReactNode }[] }) {
  return (
    <dl className="mt-6 border-t border-rule">
      {facts.map(({ label, value }) => (
        <div
          key={label}
          className="border-b border-rule py-2 sm:flex sm:min-h-12 sm:items-center sm:gap-6 sm:py-0"
        >
          <dt className="text-13 text-muted sm:w-40 sm:shrink-0">{label}</dt>
          <dd className="min-w-0 break-words tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A value that links to its page. */
export function FactLink<Path extends string>({
  href,
  children,
}: {
  href: Route<Path>;
  children: ReactNode;
}) {
  return (
    <Link href={href} className="target link -my-2.5">
      {children}
    </Link>
  );
}
