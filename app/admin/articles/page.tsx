import { getLocale, getTranslations } from "next-intl/server";
import { PaginationLinks } from "@/app/_components/articles/pagination-links";
import { Link } from "@/app/_components/ui/link";
import { Notice } from "@/app/_components/ui/notice";
import { actorOf } from "@/lib/access/actor";
import { type ArticleSummary, listArticleSummaries } from "@/lib/articles/list-articles";
import { publicationState } from "@/lib/articles/public-articles";
import { site } from "@/lib/config/site";
import { languageOf } from "@/lib/i18n/language-of";
import { zonedMoment } from "@/lib/i18n/moment";
import { filterBy } from "@/lib/lists/filters";
import { redirectToLastPage } from "@/lib/web/paths/list-page";
import { readSearchQuery } from "@/lib/web/read-list-query";
import { AdminPage, adminMetadata } from "../admin-page";
import { FilterForm, filledIn } from "../filter-form";
import { FoundList } from "../found-list";
import { requireAdminOr404 } from "../require-admin-or-404";

type Props = PageProps<"/admin/articles">;

export const generateMetadata = adminMetadata("articles");

/** Every published or scheduled article. Drafts are private to their authors. */
export default async function AdminArticlesPage({ searchParams }: Props) {
  const admin = await requireAdminOr404();
  const { search, author, done } = await searchParams;
  const given = filledIn({ search, author });
  const query = await readSearchQuery(searchParams, {
    andFilters: filterBy({ isPublished: true, createdBy: given.author }),
    sortBy: "publishedAt",
  });
  const [{ items, pagination }, t] = await Promise.all([
    listArticleSummaries(query, actorOf(admin)),
    getTranslations("admin"),
  ]);
  redirectToLastPage("/admin/articles", pagination, given);
  return (
    <AdminPage
      page="articles"
      title={t("pages.articles")}
      after={<PaginationLinks path="/admin/articles" query={given} pagination={pagination} />}
    >
      {(done === "unpublished" || done === "deleted") && <Notice>{t(`articles.done.${done}`)}</Notice>}
      <FilterForm search={{ label: t("articles.search"), value: query.search }}>
        {given.author && <input type="hidden" name="author" value={given.author} />}
      </FilterForm>
      {given.author && (
        <p className="mt-4">
          {t("articles.byAuthor")}{" "}
          <Link href="/admin/articles" className="target link">
            {t("articles.showAll")}
          </Link>
        </p>
      )}
      <FoundList found={t("articles.found", { total: pagination.total })} items={items}>
        {(article) => <Entry article={article} />}
      </FoundList>
    </AdminPage>
  );
}

async function Entry({ article }: { article: ArticleSummary }) {
  const [t, locale] = await Promise.all([getTranslations("admin.articles"), getLocale()]);
  const { id, title, author, createdAt, publishedAt } = article;
  const when = zonedMoment(publishedAt ?? createdAt, { locale, timeZone: site.timeZone });
  return (
    <>
      <p>
        <Link
          href={`/admin/articles/${id}`}
          lang={languageOf(title)}
          className="target link min-w-0 break-words font-semibold"
        >
          {title}
        </Link>
      </p>
      <p className="pb-2 text-13 text-muted">
        {author?.name ?? t("noAuthor")}
        {"\u00a0· "}
        {publicationState(article) === "scheduled" ? (
          <span className="text-accent">{t("scheduled", { when })}</span>
        ) : (
          when
        )}
      </p>
    </>
  );
}
