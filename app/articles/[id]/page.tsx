import type { Metadata } from "next";
import { permanentRedirect } from "next/navigation";
import { getFormatter, getLocale, getTranslations } from "next-intl/server";
import { Form } from "@/app/_components/forms/form";
import { SubmitButton } from "@/app/_components/forms/submit-button";
import { canonicalAt } from "@/app/_components/layout/alternates";
import { JsonLd } from "@/app/_components/layout/json-ld";
import { PageShell } from "@/app/_components/layout/page-shell";
import { Link } from "@/app/_components/ui/link";
import { ShareButton } from "@/app/_components/ui/share-button";
import { Bookmark } from "@/app/bookmarks/bookmark";
import { type Actor, actorOf } from "@/lib/access/actor";
import { canEdit } from "@/lib/access/changeable-by";
import type { Article } from "@/lib/articles/contract";
import { descriptionOf } from "@/lib/articles/description";
import { articlePath } from "@/lib/articles/paths/article-path";
import { publicationState } from "@/lib/articles/public-articles";
import { publishingProblem } from "@/lib/articles/publishing-problem";
import { findNeighbours, type Neighbour } from "@/lib/articles/reading/find-neighbours";
import { findRelatedArticles } from "@/lib/articles/reading/find-related-articles";
import { issuePreviewLink } from "@/lib/articles/reading/preview-links";
import { cardSize } from "@/lib/cards/draw-card";
import { env } from "@/lib/config/env";
import { site } from "@/lib/config/site";
import { sharedImage } from "@/lib/files/source-set";
import { languageOf } from "@/lib/i18n/language-of";
import { openGraphLocale } from "@/lib/i18n/locales";
import { moment } from "@/lib/i18n/moment";
import { absoluteImageUrl } from "@/lib/images/image-url";
import { decodeSegment } from "@/lib/web/decode-segment";
import { type SearchParams, withQuery } from "@/lib/web/read-list-query";
import { getCurrentUser } from "@/lib/web/session/browser-session";
import { publishArticleAction } from "../actions";
import { ArticleView } from "../article-view";
import { loadArticle } from "../load-article";
import { loadTags } from "../load-tags";

type Props = { params: Promise<{ id: string }>; searchParams: SearchParams };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const article = await loadArticle((await params).id);
  const { title, content, coverImage, coverAlt, author, createdAt, publishedAt, updatedAt } = article;
  const isPublic = publicationState(article) === "published";
  const description = descriptionOf(article);
  const path = articlePath(article);
  const images = [
    ...(coverImage ? [{ url: sharedImage(coverImage), alt: coverAlt ?? title }] : []),
    { url: `${path}/card.png`, ...cardSize, alt: title }, // part: share-cards
  ];
  const locale = await getLocale();
  return {
    title,
    description,
    authors: author ? [{ name: author.name, url: `/users/${author.id}` }] : [],
    alternates: canonicalAt(path),
    openGraph: {
      type: "article",
      title,
      description,
      url: path,
      siteName: site.name[locale],
      locale: openGraphLocale[languageOf(title + content)],
      images: isPublic ? images.slice(0, 1) : [],
      publishedTime: (publishedAt ?? createdAt).toISOString(),
      modifiedTime: updatedAt.toISOString(),
    },
  };
}

export default async function ArticlePage({ params, searchParams }: Props) {
  const { id: segment } = await params;
  const article = await loadArticle(segment);
  const path = articlePath(article);
  // The title was another one, or there was none in the address.
  if (path !== `/articles/${encodeURIComponent(decodeSegment(segment))}`) {
    permanentRedirect(withQuery(path, await searchParams));
  }

  const [reader, { view }, t] = await Promise.all([
    getCurrentUser(),
    searchParams,
    getTranslations("article"),
  ]);
  const actor = actorOf(reader);
  const isPublic = publicationState(article) === "published";
  const isReaderView = isPublic && view === "reader";
  const mayEdit = canEdit(article, actor);
  return (
    <PageShell>
      <ArticleView
        article={article}
        notice={
          isPublic ? (
            mayEdit && isReaderView && <ReaderViewNotice path={path} />
          ) : (
            <NotPublicNotice article={article} />
          )
        }
        tools={mayEdit && !isReaderView && <Tools article={article} actor={actor} />}
        actions={
          <>
            {/* part: bookmarks */}
            <Bookmark article={{ id: article.id, path }} reader={reader} />
            {/* end of part: bookmarks */}
            {isPublic && (
              <ShareButton
                address={env().APP_URL + path}
                title={article.title}
                words={{ share: t("share"), copied: t("shareCopied"), link: t("shareLink") }}
              />
            )}
          </>
        }
      />
      {isPublic && <RelatedArticles article={article} />}
      {isPublic && <Neighbours article={article} />}
      {isPublic && <ArticleData article={article} />}
    </PageShell>
  );
}

/** Says that the tools are hidden, and leads back to them. */
async function ReaderViewNotice({ path }: { path: string }) {
  const t = await getTranslations("article");
  return (
    <>
      {t("readerNotice")}{" "}
      <Link href={path} className="target link">
        {t("readerBack")}
      </Link>
    </>
  );
}

/** Why others do not see the article yet. */
async function NotPublicNotice({ article }: { article: Article }) {
  const [t, format] = await Promise.all([getTranslations("article"), getFormatter()]);
  const { isPublished, publishedAt } = article;
  if (!isPublished || !publishedAt) return t("draftNotice");
  return t("scheduledNotice", {
    when: format.dateTime(publishedAt, moment),
  });
}

/** Where to read on about the same. */
async function RelatedArticles({ article }: { article: Article }) {
  const [t, related] = await Promise.all([getTranslations("article"), findRelatedArticles(article)]);
  if (related.length === 0) return null;
  return (
    <section aria-labelledby="related" className="with-margin mt-16 print:hidden">
      <div className="in-column min-w-0 border-t border-rule pt-6">
        <h2 id="related" className="text-13 font-normal tracking-normal text-muted">
          {t("related")}
        </h2>
        <ul className="mt-1">
          {related.map((one) => (
            <li key={one.id}>
              <Link
                href={articlePath(one)}
                lang={languageOf(one.title)}
                className="block py-2.5 text-17 leading-[1.5] font-semibold wrap-anywhere"
              >
                {one.title}
              </Link>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}

/** The public articles before and after it. */
async function Neighbours({ article }: { article: Article }) {
  const [t, { older, newer }] = await Promise.all([getTranslations("article"), findNeighbours(article)]);
  if (!older && !newer) return null;
  return (
    <div className="with-margin mt-16 print:hidden">
      <nav
        aria-label={t("neighbours")}
        className="in-column grid gap-x-8 gap-y-6 border-t border-rule pt-6 sm:grid-cols-2"
      >
        {older && <NeighbourLink article={older} label={t("older")} rel="prev" />}
        {newer && (
          <NeighbourLink
            article={newer}
            label={t("newer")}
            rel="next"
            className="sm:col-start-2 sm:text-right"
          />
        )}
      </nav>
    </div>
  );
}

function NeighbourLink({
  article,
  label,
  rel,
  className = "",
}: {
  article: Neighbour;
  label: string;
  rel: "prev" | "next";
  className?: string;
}) {
  return (
    <Link href={articlePath(article)} rel={rel} className={`block min-h-11 ${className}`}>
      <span className="block text-13 text-muted">{label}</span>
      <span lang={languageOf(article.title)} className="mt-0.5 block text-17 leading-[1.5] font-semibold">
        {article.title}
      </span>
    </Link>
  );
}

/** What the author of an article, or an admin, can do with it. */
async function Tools({ article, actor }: { article: Article; actor: Actor }) {
  const [t, readerView] = await Promise.all([getTranslations("article"), readerViewOf(article, actor)]);
  const { id, isPublished } = article;
  const tool = "target link hover:text-accent";
  return (
    <nav
      aria-label={t("tools")}
      className="flex flex-wrap gap-x-4 text-13 lg:mt-4 lg:flex-col lg:items-start print:hidden"
    >
      <Link href={`/articles/${id}/edit`} className={tool}>
        {t("edit")}
      </Link>
      <Link href={readerView} className={tool}>
        {t("readerView")}
      </Link>
      {(isPublished || !publishingProblem(actor)) && (
        <Form action={publishArticleAction}>
          <input type="hidden" name="id" value={id} />
          <SubmitButton
            name="isPublished"
            value={String(!isPublished)}
            working={t("working")}
            className={tool}
          >
            {isPublished ? t("unpublish") : t("publish")}
          </SubmitButton>
        </Form>
      )}
      <Link href={`/articles/${id}/delete`} className={tool}>
        {t("delete")}
      </Link>
    </nav>
  );
}

/** @returns the address at which an author sees their article as others do; before it is public, by a preview link. */
async function readerViewOf(article: Article, actor: Actor): Promise<string> {
  if (publicationState(article) === "published") return `${articlePath(article)}?view=reader`;
  return (await issuePreviewLink(article.id, actor)).url;
}

/** What the article is, for machines. */
async function ArticleData({ article }: { article: Article }) {
  const [locale, tags] = await Promise.all([getLocale(), loadTags(article.tags)]);
  const address = env().APP_URL + articlePath(article);
  const { author, category } = article;
  const [image] = [
    ...(article.coverImage ? [absoluteImageUrl(sharedImage(article.coverImage))] : []),
    `${address}/card.png`, // part: share-cards
  ];
  const data = {
    "@type": "BlogPosting",
    headline: article.title,
    description: descriptionOf(article),
    image,
    datePublished: (article.publishedAt ?? article.createdAt).toISOString(),
    dateModified: article.updatedAt.toISOString(),
    author: author
      ? { "@type": "Person", name: author.name, url: `${env().APP_URL}/users/${author.id}` }
      : undefined,
    articleSection: category ?? undefined,
    keywords: tags.length > 0 ? tags.map(({ name }) => name) : undefined,
    publisher: { "@type": "Organization", name: site.name[locale], url: `${env().APP_URL}/` },
    inLanguage: languageOf(article.title + article.content),
    url: address,
    mainEntityOfPage: address,
  };
  return <JsonLd data={data} />;
}
