import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { PageShell } from "../_components/layout/page-shell";
import { Link } from "../_components/ui/link";

const pages = [
  { name: "overview", path: "/admin" },
  { name: "people", path: "/admin/people" },
  { name: "articles", path: "/admin/articles" },
  { name: "invitations", path: "/admin/invitations" },
  { name: "log", path: "/admin/audit-log" },
] as const;

/**
 * A page of the admin area: links to the others in the margin, or above where there is none, then its title and content.
 *
 * @param after what follows below, as wide as the page.
 */
export async function AdminPage({
  page,
  title,
  after,
  children,
}: {
  page: (typeof pages)[number]["name"];
  title: string;
  after?: ReactNode;
  children: ReactNode;
}) {
  const t = await getTranslations("admin");
  return (
    <PageShell>
      <div className="with-margin pt-4 lg:pt-16">
        <nav
          aria-label={t("title")}
          className="flex flex-wrap gap-x-5 border-b border-rule pb-1 text-muted lg:flex-col lg:items-start lg:border-b-0 lg:pb-0"
        >
          {pages.map(({ name, path }) => (
            <Link
              key={name}
              href={path}
              aria-current={name === page ? "page" : undefined}
              className="target aria-[current]:text-ink aria-[current]:underline aria-[current]:underline-offset-4"
            >
              {t(`pages.${name}`)}
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
