import { getTranslations } from "next-intl/server";
import { type Actor, actorOf } from "@/lib/access/actor";
import { isWriter } from "@/lib/access/changeable-by";
import { articleListQuery } from "@/lib/articles/contract";
import { listArticles } from "@/lib/articles/list-articles";
import { articlePath } from "@/lib/articles/paths/article-path";
import type { CurrentUser } from "@/lib/auth/sessions/current-user";
import { bookmarkListQuery } from "@/lib/bookmarks/contract";
import { listBookmarkedArticles } from "@/lib/bookmarks/list-bookmarked-articles";
import { languageOf } from "@/lib/i18n/language-of";
import { filterBy } from "@/lib/lists/filters";
import { Link } from "./_components/ui/link";

type Titled = { id: string; title?: string | undefined };

/** How many drafts and bookmarks the dashboard lists; the totals link to all of them. */
const shownItems = 3;

/** The dashboard of a signed-in user: totals, the latest drafts and bookmarks. */
export async function Dashboard({ user }: { user: CurrentUser }) {
  const [
    t,
    published,
    scheduled,
    drafts,
    bookmarks, // part: bookmarks
  ] = await Promise.all([
    getTranslations("dashboard"),
    // Queried as a guest, who does not see scheduled articles.
    listBy(user, {}, actorOf(null)),
    listBy(user, { isPublished: true, publishedAt: { $gt: new Date() } }, actorOf(user)),
    listBy(user, { isPublished: false }, actorOf(user)),
    listBookmarkedArticles(bookmarkListQuery.parse({ limit: String(shownItems) }), user), // part: bookmarks
  ]);
  const totals = [
    { href: "/articles?show=published", text: t("published", { total: published.pagination.total }) },
    ...(scheduled.pagination.total > 0
      ? ([
          {
            href: "/articles?show=scheduled",
            text: t("scheduled", { total: scheduled.pagination.total }),
          },
        ] as const)
      : []),
    { href: "/articles?show=drafts", text: t("drafts", { total: drafts.pagination.total }) },
    { href: "/bookmarks", text: t("bookmarks", { total: bookmarks.pagination.total }) }, // part: bookmarks
  ] as const;
  return (
    <section aria-labelledby="desk" className="with-margin pt-10 lg:pt-16">
      <p id="desk" className="text-13 text-muted lg:pt-3">
        {t("title")}
      </p>
      <div className="min-w-0">
        <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
          <h1 className="text-24">{t("hello", { name: user.name })}</h1>
          {isWriter(user) && (
            <Link href="/articles/new" className="button">
              {t("write")}
            </Link>
          )}
        </div>
        <ul className="mt-2 flex flex-wrap gap-x-6">
          {totals.map(({ href, text }) => (
            <li key={href}>
              <Link href={href} className="target link tabular-nums">
                {text}
              </Link>
            </li>
          ))}
        </ul>
        <div className="mt-4 grid gap-x-8 gap-y-5 border-y border-rule py-5 sm:grid-cols-2">
          <Titles
            title={t("draftsTitle")}
            articles={drafts.items}
            empty={t("noDrafts")}
            pathOf={isWriter(user) ? editPath : articlePath}
          />
          {/* part: bookmarks */}
          <Titles
            title={t("bookmarksTitle")}
            articles={bookmarks.items.flatMap(({ article }) => article ?? [])}
            empty={t("noBookmarks")}
            pathOf={articlePath}
          />
          {/* end of part: bookmarks */}
        </div>
      </div>
    </section>
  );
}

function Titles({
  title,
  articles,
  empty,
  pathOf,
}: {
  title: string;
  articles: Titled[];
  empty: string;
  pathOf: (article: Titled) => `/articles/${string}`;
}) {
  return (
    <div className="min-w-0">
      <h2 className="text-13 font-normal tracking-normal text-muted">{title}</h2>
      {articles.length === 0 ? (
        <p className="py-2.5 text-muted">{empty}</p>
      ) : (
        <ul>
          {articles.map((article) => (
            <li key={article.id}>
              <Link
                href={pathOf(article)}
                lang={languageOf(article.title ?? "")}
                className="block truncate py-2.5 font-semibold"
              >
                {article.title}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function listBy(
  { id: createdBy }: CurrentUser,
  filters: { isPublished?: boolean; publishedAt?: { $gt: Date } },
  reader: Actor,
) {
  const query = articleListQuery.parse({ sortBy: "updatedAt", limit: String(shownItems), select: "title" });
  return listArticles({ ...query, andFilters: filterBy({ createdBy, ...filters }) }, reader);
}

function editPath({ id }: Titled): `/articles/${string}/edit` {
  return `/articles/${id}/edit`;
}
