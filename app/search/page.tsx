import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { searchArticles } from "@/lib/articles/list-articles";
import { readSearchQuery } from "@/lib/web/read-list-query";
import { ArticleList } from "../_components/articles/article-list";
import { PaginationLinks } from "../_components/articles/pagination-links";
import { SearchForm } from "../_components/forms/search-form";
import { PageShell } from "../_components/layout/page-shell";
import { SearchAsYouType } from "./search-as-you-type";

type Props = PageProps<"/search">;

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const [{ search }, t] = await Promise.all([readSearchQuery(searchParams), getTranslations("search")]);
  return {
    title: search ? t("resultsTitle", { search }) : t("title"),
    description: t("label"),
    robots: { index: false },
  };
}

/** Searches published articles by the words of their title or text. */
export default async function SearchPage({ searchParams }: Props) {
  const [query, t] = await Promise.all([readSearchQuery(searchParams), getTranslations("search")]);
  const found = query.search ? await searchArticles(query) : null;
  if (found?.items.length === 0 && query.page > 1) notFound();

  return (
    <PageShell>
      <SearchAsYouType search={query.search}>
        <div className="with-margin pt-12 lg:pt-16">
          <div className="in-column">
            <h1 className="text-32">{t("title")}</h1>
            <SearchForm
              action="/search"
              replaces
              label={t("label")}
              button={t("button")}
              help={t("hint")}
              search={query.search}
              className="mt-6"
            />
            {/* Always rendered, so that a screen reader announces what appears in it. */}
            <p role="status" className="mt-8 text-muted">
              {found && t("found", { total: found.pagination.total, search: query.search })}{" "}
              {found?.pagination.total === 0 && t("nothing")}
            </p>
          </div>
        </div>
        {found && (
          <>
            <ArticleList articles={found.items} />
            <PaginationLinks path="/search" query={{ search: query.search }} pagination={found.pagination} />
          </>
        )}
      </SearchAsYouType>
    </PageShell>
  );
}
