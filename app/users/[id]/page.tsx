import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getFormatter, getTranslations } from "next-intl/server";
import { cache } from "react";
import { ArticleList } from "@/app/_components/articles/article-list";
import { PaginationLinks } from "@/app/_components/articles/pagination-links";
import { listPageMetadata } from "@/app/_components/layout/alternates";
import { PageShell } from "@/app/_components/layout/page-shell";
import { Avatar } from "@/app/_components/ui/avatar";
import { Link } from "@/app/_components/ui/link";
import { actorOf } from "@/lib/access/actor";
import { listArticleSummaries } from "@/lib/articles/list-articles";
import { languageOf } from "@/lib/i18n/language-of";
import { filterBy } from "@/lib/lists/filters";
import { getUserContract, socialNetworks } from "@/lib/users/contract";
import { getPublicProfile, type PublicProfile } from "@/lib/users/get-user";
import { notFoundInstead } from "@/lib/web/not-found-instead";
import { readListQuery } from "@/lib/web/read-list-query";
import { getCurrentUser } from "@/lib/web/session/browser-session";

type Props = PageProps<"/users/[id]">;

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const [{ id, name, bio, isBanned }, { page }, t] = await Promise.all([
    loadProfile((await params).id),
    readListQuery(searchParams),
    getTranslations("person"),
  ]);
  const description = bio?.replace(/\s+/g, " ") ?? t("description", { name });
  return {
    ...(await listPageMetadata(`/users/${id}`, page, name)),
    description,
    openGraph: { type: "profile", title: name, description },
    ...(isBanned && { robots: { index: false } }),
  };
}

/** The public profile of a user, with their published articles. */
export default async function UserPage({ params, searchParams }: Props) {
  const profile = await loadProfile((await params).id);
  const { id, name, nickname, image, bio, isBanned } = profile;
  const query = await readListQuery(searchParams, {
    andFilters: filterBy({ createdBy: id }),
    sortBy: "publishedAt",
  });
  const [{ items, pagination }, t] = await Promise.all([
    listArticleSummaries(query, actorOf(null)),
    getTranslations("person"),
  ]);
  if (items.length === 0 && query.page > 1) notFound();

  return (
    <PageShell>
      <div className="with-margin pt-10 pb-6 lg:pt-16 lg:pb-10">
        <Facts profile={profile} />
        <header className="row-start-1 lg:col-start-2">
          <div className="flex items-center gap-4">
            <Avatar name={name} image={image} size="large" />
            <h1 className="min-w-0 text-32">
              {name} {nickname && <span className="ml-1 text-17 font-normal text-muted">{nickname}</span>}
            </h1>
          </div>
          {bio && (
            <p lang={languageOf(bio)} className="mt-5 max-w-[36rem] text-17 whitespace-pre-line">
              {bio}
            </p>
          )}
          {isBanned && <p className="mt-5 text-muted">{t("banned")}</p>}
        </header>
      </div>
      {items.length > 0 ? (
        <ArticleList articles={items} note={({ readingMinutes }) => <Minutes minutes={readingMinutes} />} />
      ) : (
        <div className="with-margin">
          <p className="in-column border-t border-rule pt-9 text-17 text-muted">{t("empty")}</p>
        </div>
      )}
      <PaginationLinks path={`/users/${id}`} pagination={pagination} />
    </PageShell>
  );
}

/** When the user joined, and their social links. */
async function Facts({ profile: { id, socialLinks, createdAt } }: { profile: PublicProfile }) {
  const [t, format, user] = await Promise.all([getTranslations("person"), getFormatter(), getCurrentUser()]);
  const links = [
    { label: socialNetworks.github, url: socialLinks?.github },
    { label: socialNetworks.twitter, url: socialLinks?.twitter },
    { label: socialNetworks.linkedin, url: socialLinks?.linkedin },
  ];
  return (
    <ul className="mt-4 flex flex-wrap items-center gap-x-4 text-13 text-muted lg:mt-0 lg:block lg:pt-3">
      <li>{t("since", { date: format.dateTime(createdAt, { year: "numeric", month: "long" }) })}</li>
      {links.map(
        ({ label, url }) =>
          url && (
            <li key={label}>
              <a href={url} rel="me nofollow noopener" className="target link">
                {label}
              </a>
            </li>
          ),
      )}
      {user?.id === id && (
        <li>
          <Link href="/me/profile" className="target link">
            {t("edit")}
          </Link>
        </li>
      )}
    </ul>
  );
}

async function Minutes({ minutes }: { minutes: number }) {
  const t = await getTranslations("list");
  return <p className="text-muted">{t("minutes", { minutes })}</p>;
}

/** Loaded once per request. A user who does not exist leads to the not-found page. */
const loadProfile = cache(async (id: string): Promise<PublicProfile> => {
  if (!getUserContract.params.safeParse({ userId: id }).success) notFound();
  return getPublicProfile(id).catch(notFoundInstead);
});
