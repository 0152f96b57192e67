import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { Link } from "@/app/_components/ui/link";
import { actorOf } from "@/lib/access/actor";
import { isWriter } from "@/lib/access/changeable-by";
import { type ArticleSummary, listArticleSummaries } from "@/lib/articles/list-articles";
import { publicationState } from "@/lib/articles/public-articles";
import { site } from "@/lib/config/site";
import { zonedMoment } from "@/lib/i18n/moment";
import { filterBy } from "@/lib/lists/filters";
import { redirectToLastPage } from "@/lib/web/paths/list-page";
import { withQuery } from "@/lib/web/paths/with-query";
import { readSearchQuery } from "@/lib/web/read-list-query";
import { requireCurrentUser } from "@/lib/web/session/browser-session";
import { ArticleList } from "../_components/articles/article-list";
import { PaginationLinks } from "../_components/articles/pagination-links";
import { SearchForm } from "../_components/forms/search-form";
import { PageShell } from "../_components/layout/page-shell";

type Props = PageProps<"/articles">;

const showOptions = ["all", "published", "scheduled", "drafts"] as const;

type Show = (typeof showOptions)[number];

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("articles");
  return { title: t("title"), description: t("description") };
}

/** The signed-in user's articles, drafts included. */
export default async function ArticlesPage({ searchParams }: Props) {
  const user = await requireCurrentUser("/articles");
  const show = showOf((await searchParams).show);
  const query = await readSearchQuery(searchParams, { andFilters: filtersOf(user.id, show) });
  const [{ items, pagination }, t] = await Promise.all([
    listArticleSummaries(query, actorOf(show === "published" ? null : user)),
    getTranslations("articles"),
  ]);
  const isFiltered = query.search !== "" || show !== "all";
  const listParams = {
    ...(show === "all" ? {} : { show }),
    ...(query.search ? { search: query.search } : {}),
  };
  redirectToLastPage("/articles", pagination, listParams);
  return (
    <PageShell>
      <div className="with-margin pt-12 lg:pt-16">
        <div className="in-column">
          <div className="flex flex-wrap items-center justify-between gap-4">
            <h1 className="text-32">{t("title")}</h1>
            {isWriter(user) && (
              <Link href="/articles/new" className="button button-ink">
                {t("new")}
              </Link>
            )}
          </div>
          {(items.length > 0 || isFiltered) && (
            <>
              <SearchForm
                // Resets the field when a link or the back button leads to another search.
                key={query.search}
                action="/articles"
                label={t("search")}
                button={t("searchButton")}
                search={query.search}
                hidden={{ show: show === "all" ? undefined : show }}
                className="mt-8"
              />
              <nav aria-label={t("filter")} className="mt-4 flex gap-x-5">
                {showOptions.map((choice) => (
                  <Link
                    key={choice}
                    href={withQuery("/articles", {
                      show: choice === "all" ? "" : choice,
                      search: query.search,
                    })}
                    aria-current={choice === show ? "page" : undefined}
                    className="target text-muted aria-[current]:text-ink aria-[current]:underline aria-[current]:underline-offset-4"
                  >
                    {t(choice)}
                  </Link>
                ))}
              </nav>
            </>
          )}
        </div>
      </div>
      {items.length > 0 ? (
        <ArticleList
          articles={items}
          note={(article) => <Status article={article} isWriter={isWriter(user)} />}
        />
      ) : (
        <div className="with-margin">
          <div className="in-column mt-8 border-t border-rule pt-8">
            <p className="text-20 font-semibold">{isFiltered ? t("nothingFound") : t("emptyTitle")}</p>
            {isFiltered ? (
              <Link href="/articles" className="target link">
                {t("showAll")}
              </Link>
            ) : (
              <p className="mt-2 text-17 text-muted">{t("empty")}</p>
            )}
          </div>
        </div>
      )}
      <PaginationLinks path="/articles" query={listParams} pagination={pagination} />
    </PageShell>
  );
}

async function Status({ article, isWriter }: { article: ArticleSummary; isWriter: boolean }) {
  const [t, locale] = await Promise.all([getTranslations(), getLocale()]);
  const { id, publishedAt } = article;
  const state = publicationState(article);
  return (
    <p className="-my-2 flex items-center gap-4 text-muted">
      {state === "published" && t("list.published")}
      {state === "draft" && <span className="text-accent">{t("list.draft")}</span>}
      {state === "scheduled" && publishedAt && (
        <span className="text-accent">
          {t("list.scheduled", {
            when: zonedMoment(publishedAt, { locale, timeZone: site.timeZone }),
          })}
        </span>
      )}
      {isWriter && (
        <Link href={`/articles/${id}/edit`} className="target link">
          {t("article.edit")}
        </Link>
      )}
    </p>
  );
}

function showOf(value: string | string[] | undefined): Show {
  return showOptions.find((show) => show === value) ?? "all";
}

function filtersOf(createdBy: string, show: Show) {
  const filters = {
    all: {},
    // Queried as a guest, who does not see scheduled articles.
    published: {},
    scheduled: { isPublished: true, publishedAt: { $gt: new Date() } },
    drafts: { isPublished: false },
  };
  return filterBy({ createdBy, ...filters[show] });
}
