import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { bookmarkListQuery } from "@/lib/bookmarks/contract";
import { type BookmarkedArticle, listBookmarkedArticles } from "@/lib/bookmarks/list-bookmarked-articles";
import { redirectToLastPage } from "@/lib/web/paths/list-page";
import { readListQuery } from "@/lib/web/read-list-query";
import { requireCurrentUser } from "@/lib/web/session/browser-session";
import { ArticleList } from "../_components/articles/article-list";
import { PaginationLinks } from "../_components/articles/pagination-links";
import { Form } from "../_components/forms/form";
import { SubmitButton } from "../_components/forms/submit-button";
import { PageShell } from "../_components/layout/page-shell";
import { Link } from "../_components/ui/link";
import { bookmarkAction } from "./actions";

type Props = PageProps<"/bookmarks">;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("bookmarks");
  return { title: t("title"), description: t("description") };
}

/** The user's bookmarks, which only they can see. */
export default async function BookmarksPage({ searchParams }: Props) {
  const user = await requireCurrentUser("/bookmarks");
  const { page } = await readListQuery(searchParams);
  const [{ items, pagination }, t] = await Promise.all([
    listBookmarkedArticles(bookmarkListQuery.parse({ page: String(page) }), user),
    getTranslations("bookmarks"),
  ]);
  redirectToLastPage("/bookmarks", pagination);

  const readable = items.flatMap(({ article }) => article ?? []);
  const hidden = items.filter(({ article }) => article === null);
  return (
    <PageShell>
      <div className="with-margin pt-12 lg:pt-16">
        <div className="in-column">
          <h1 className="text-32">{t("title")}</h1>
          <p className="mt-2 text-muted">{t("description")}</p>
        </div>
      </div>
      <ArticleList articles={readable} note={({ id }) => <RemoveBookmark articleId={id} />} />
      {items.length === 0 && (
        <div className="with-margin">
          <div className="in-column mt-8 border-t border-rule pt-8">
            <p className="text-20 font-semibold">{t("emptyTitle")}</p>
            <p className="mt-2 text-17 text-muted">{t("empty")}</p>
            <Link href="/" className="button button-ink mt-6">
              {t("toTimeline")}
            </Link>
          </div>
        </div>
      )}
      {hidden.length > 0 && <Hidden bookmarks={hidden} />}
      <PaginationLinks path="/bookmarks" pagination={pagination} />
    </PageShell>
  );
}

/** Bookmarks of articles that are no longer published. Their titles are private to the author again. */
async function Hidden({ bookmarks }: { bookmarks: BookmarkedArticle[] }) {
  const t = await getTranslations("bookmarks");
  return (
    <section className="with-margin" aria-labelledby="hidden">
      <div className="in-column border-t border-rule pt-8">
        <h2 id="hidden" className="text-17">
          {t("hiddenTitle")}
        </h2>
        <p className="mt-1 text-muted">{t("hidden")}</p>
        <ul className="mt-3">
          {bookmarks.map(({ id, articleId }) => (
            <li key={id} className="flex flex-wrap items-center gap-x-4">
              {t("hiddenOne")}
              <RemoveBookmark articleId={articleId} />
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}

async function RemoveBookmark({ articleId }: { articleId: string }) {
  const t = await getTranslations("bookmarks");
  return (
    <Form action={bookmarkAction} hidden={{ articleId }} className="-my-2">
      <SubmitButton
        name="isBookmarked"
        value="false"
        working={t("working")}
        className="target link text-muted"
      >
        {t("remove")}
      </SubmitButton>
    </Form>
  );
}
