import type { Route } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ArticleList } from "@/app/_components/articles/article-list";
import { PaginationLinks } from "@/app/_components/articles/pagination-links";
import { PageShell } from "@/app/_components/layout/page-shell";
import { actorOf } from "@/lib/access/actor";
import type { ArticleListQuery } from "@/lib/articles/contract";
import { listArticleSummaries } from "@/lib/articles/list-articles";
import { languageOf } from "@/lib/i18n/language-of";
import { readListQuery, type SearchParams } from "@/lib/web/read-list-query";

/**
 * The published articles of a category or a tag. One that only drafts use is not found: its page would reveal
 * that they exist.
 *
 * @param kind shown in the margin.
 * @param filter selects the articles.
 */
export async function TopicPage<Path extends string>({
  kind,
  name,
  path,
  filter,
  searchParams,
}: {
  kind: "category" | "tag";
  name: string;
  path: Route<Path>;
  filter: ArticleListQuery["andFilters"];
  searchParams: SearchParams;
}) {
  const query = await readListQuery(searchParams, { sortBy: "publishedAt", andFilters: filter });
  const [{ items, pagination }, t] = await Promise.all([
    listArticleSummaries(query, actorOf(null)),
    getTranslations("subject"),
  ]);
  if (items.length === 0) notFound();

  return (
    <PageShell>
      <div className="with-margin pt-12 pb-6 lg:pt-16 lg:pb-8">
        <p className="text-13 text-muted lg:pt-3">{t(kind)}</p>
        <div>
          <h1 lang={languageOf(name)} className="text-32">
            {name}
          </h1>
          <p className="mt-2 text-muted">{t("count", { total: pagination.total })}</p>
        </div>
      </div>
      <ArticleList articles={items} />
      <PaginationLinks path={path} pagination={pagination} />
    </PageShell>
  );
}
