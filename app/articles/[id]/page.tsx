import type { Metadata } from "next";
import { permanentRedirect } from "next/navigation";
import { getLocale, getMessages, getTranslations } from "next-intl/server";
import { canonicalAt } from "@/app/_components/layout/alternates";
import { PageShell } from "@/app/_components/layout/page-shell";
import { Link } from "@/app/_components/ui/link";
import { ShareButton } from "@/app/_components/ui/share-button";
import { Bookmark } from "@/app/bookmarks/bookmark";
import { type Actor, actorOf } from "@/lib/access/actor";
import { canEdit } from "@/lib/access/changeable-by";
import type { Article } from "@/lib/articles/contract";
import { descriptionOf } from "@/lib/articles/description";
import { articlePath } from "@/lib/articles/paths/article-path";
import { lastChangeOf } from "@/lib/articles/public-articles";
import { cardSize } from "@/lib/cards/draw-card";
import { env } from "@/lib/config/env";
import { site } from "@/lib/config/site";
import { sharedImage } from "@/lib/files/source-set";
import { languageOf } from "@/lib/i18n/language-of";
import { openGraphLocale } from "@/lib/i18n/locales";
import { zonedMoment } from "@/lib/i18n/moment";
import { decodeSegment } from "@/lib/web/paths/decode-segment";
import { withQuery } from "@/lib/web/paths/with-query";
import { getCurrentUser } from "@/lib/web/session/browser-session";
import { ArticleView } from "../article-view";
import { loadArticle } from "../load-article";
import { ArticleJsonLd } from "./article-json-ld";
import { AuthorTools } from "./author-tools";
import { Neighbours } from "./neighbours";
import { RelatedArticles } from "./related-articles";

type Props = PageProps<"/articles/[id]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const article = await loadArticle((await params).id);
  const { title, content, coverImage, coverAlt, author, isPublic, createdAt, publishedAt } = article;
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
      modifiedTime: lastChangeOf(article).toISOString(),
    },
  };
}

export default async function ArticlePage({ params, searchParams }: Props) {
  const { id: segment } = await params;
  const article = await loadArticle(segment);
  const path = articlePath(article);
  // The URL contains an earlier title, or none.
  if (path !== `/articles/${encodeURIComponent(decodeSegment(segment))}`) {
    permanentRedirect(withQuery(path, await searchParams));
  }

  const [reader, { view }, messages] = await Promise.all([getCurrentUser(), searchParams, getMessages()]);
  const actor = actorOf(reader);
  const { isPublic } = article;
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
            <NotPublicNotice article={article} actor={actor} />
          )
        }
        tools={mayEdit && !isReaderView && <AuthorTools article={article} actor={actor} />}
        actions={
          <>
            {/* part: bookmarks */}
            <Bookmark article={{ id: article.id, path }} reader={reader} />
            {/* end of part: bookmarks */}
            {isPublic && (
              <ShareButton
                address={env().APP_URL + path}
                title={article.title}
                messages={messages.article.sharing}
              />
            )}
          </>
        }
      />
      {isPublic && <RelatedArticles article={article} />}
      {isPublic && <Neighbours article={article} />}
      {isPublic && <ArticleJsonLd article={article} />}
    </PageShell>
  );
}

/** Says that the tools are hidden, and links back to them. */
async function ReaderViewNotice({ path }: { path: `/articles/${string}` }) {
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

/** Explains why others do not see the article yet. */
async function NotPublicNotice({ article, actor }: { article: Article; actor: Actor }) {
  const [t, locale] = await Promise.all([getTranslations("article"), getLocale()]);
  const { isPublished, publishedAt, createdBy } = article;
  const reader = createdBy !== null && createdBy === actor.userId ? "author" : "admin";
  if (!isPublished || !publishedAt) return t("draftNotice", { reader });
  const when = zonedMoment(publishedAt, { locale, timeZone: site.timeZone });
  return t("scheduledNotice", { when, reader });
}
