import type { Route } from "next";
import type { ReactNode } from "react";
import { Link } from "../ui/link";
import { PageShell } from "./page-shell";

/**
 * A page of an area with several pages, such as the settings: links to all of them in the margin (on narrow screens
 * above the title), then the title and the content.
 *
 * @param after content below, as wide as the page.
 */
export function AreaPage({
  navigation,
  pages,
  title,
  after,
  children,
}: {
  navigation: string;
  pages: { path: Route; text: string; isCurrent: boolean }[];
  title: ReactNode;
  after?: ReactNode;
  children: ReactNode;
}) {
  return (
    <PageShell>
      <div className="with-margin pt-4 lg:pt-16">
        <nav
          aria-label={navigation}
          className="flex flex-wrap gap-x-5 border-b border-rule pb-1 text-muted lg:flex-col lg:items-start lg:border-b-0 lg:pb-0"
        >
          {pages.map(({ path, text, isCurrent }) => (
            <Link
              key={path}
              href={path}
              aria-current={isCurrent ? "page" : undefined}
              className="target aria-[current]:text-ink aria-[current]:underline aria-[current]:underline-offset-4"
            >
              {text}
            </Link>
          ))}
        </nav>
        <div className="min-w-0 pt-8 lg:pt-0">
          <h1 className="text-32">{title}</h1>
          {children}
        </div>
      </div>
      {after}
    </PageShell>
  );
}
