import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { PageShell } from "../_components/layout/page-shell";
import { Link } from "../_components/ui/link";

/** The settings pages, in navigation order. */
const pages = [
  { name: "overview", path: "/me" },
  { name: "profile", path: "/me/profile" },
  { name: "security", path: "/me/security" },
  { name: "password", path: "/me/password" },
  { name: "address", path: "/me/address" },
  { name: "methods", path: "/me/sign-in-methods" }, // part: social-sign-in
  { name: "secondFactor", path: "/me/second-factor" },
  { name: "sessions", path: "/me/sessions" },
  { name: "data", path: "/me/data" },
] as const;

type SettingsPageName = (typeof pages)[number]["name"];

/**
 * A settings page: the navigation in the margin (on narrow screens above the title), the title and the content.
 *
 * @param after content below, as wide as the page.
 */
export async function SettingsPage({
  page,
  title,
  after,
  children,
}: {
  page: SettingsPageName;
  title: string;
  after?: ReactNode;
  children: ReactNode;
}) {
  return (
    <PageShell>
      <div className="with-margin pt-4 lg:pt-16">
        <Pages current={page} />
        <div className="min-w-0 pt-8 lg:pt-0">
          <h1 className="text-32">{title}</h1>
          {children}
        </div>
      </div>
      {after}
    </PageShell>
  );
}

async function Pages({ current }: { current: SettingsPageName }) {
  const t = await getTranslations("settings");
  return (
    <nav
      aria-label={t("navigation")}
      className="flex flex-wrap gap-x-5 border-b border-rule pb-1 text-muted lg:flex-col lg:items-start lg:border-b-0 lg:pb-0"
    >
      {pages.map(({ name, path }) => (
        <Link
          key={name}
          href={path}
          aria-current={name === current ? "page" : undefined}
          className="target aria-[current]:text-ink aria-[current]:underline aria-[current]:underline-offset-4"
        >
          {t(name)}
        </Link>
      ))}
    </nav>
  );
}
