import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { actorOf } from "@/lib/access/actor";
import { isWriter } from "@/lib/access/changeable-by";
import { listArticleSummaries } from "@/lib/articles/list-articles";
import { env } from "@/lib/config/env";
import { site } from "@/lib/config/site";
import { readListQuery } from "@/lib/web/read-list-query";
import { getCurrentUser } from "@/lib/web/session/browser-session";
import { ArticleList } from "./_components/articles/article-list";
import { PaginationLinks } from "./_components/articles/pagination-links";
import { listPageMetadata, translatedAt } from "./_components/layout/alternates";
import { JsonLd } from "./_components/layout/json-ld";
import { PageShell } from "./_components/layout/page-shell";
import { Link } from "./_components/ui/link";
import { Dashboard } from "./dashboard";

type Props = PageProps<"/">;

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const [{ page }, { lang }, locale] = await Promise.all([
    readListQuery(searchParams),
    searchParams,
    getLocale(),
  ]);
  if (page === 1) return { alternates: translatedAt("/", lang) };
  // The layout's template, which adds the site's name, does not apply to the page beside it.
  return listPageMetadata("/", page, site.name[locale]);
}

/** The published articles, newest first; for a signed-in user below the dashboard. */
export default async function TimelinePage({ searchParams }: Props) {
  const query = await readListQuery(searchParams, { sortBy: "publishedAt" });
  const { page } = query;
  const [{ items, pagination }, user, locale, t] = await Promise.all([
    listArticleSummaries(query, actorOf(null)),
    getCurrentUser(),
    getLocale(),
    getTranslations(),
  ]);
  if (items.length === 0 && page > 1) notFound();

  return (
    <PageShell>
      {page === 1 && user ? (
        <>
          <Dashboard user={user} />
          <div className="with-margin">
            <h2 className="in-column pt-10 text-20">{t("dashboard.recent")}</h2>
          </div>
        </>
      ) : (
        <div className="with-margin">
          <h1
            className={
              page === 1
                ? "in-column pt-12 pb-6 text-32 lg:pt-24 lg:pb-12 lg:text-44"
                : "in-column pt-10 text-20 lg:pt-16"
            }
          >
            {page === 1 ? site.tagline[locale] : t("list.pageTitle", { page })}
          </h1>
        </div>
      )}
      {items.length > 0 ? (
        <ArticleList articles={items} />
      ) : (
        <div className="with-margin">
          <div className="in-column border-t border-rule pt-9">
            <p className="text-24 font-bold tracking-[-0.02em]">{t("timeline.emptyTitle")}</p>
            {!user && <p className="mt-2 text-17 text-muted">{t("timeline.empty")}</p>}
            {(!user || isWriter(user)) && (
              <Link href="/articles/new" className="button button-ink mt-6">
                {t("timeline.writeFirst")}
              </Link>
            )}
          </div>
        </div>
      )}
      <PaginationLinks path="/" pagination={pagination} />
      {page === 1 && (
        <JsonLd
          data={{
            "@type": "WebSite",
            name: site.name[locale],
            description: site.description[locale],
            url: `${env().APP_URL}/`,
            potentialAction: {
              "@type": "SearchAction",
              target: `${env().APP_URL}/search?search={search}`,
              "query-input": "required name=search",
            },
          }}
        />
      )}
    </PageShell>
  );
}
