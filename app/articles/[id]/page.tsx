import type { Metadata } from "next";
import { permanentRedirect } from "next/navigation";
import { getFormatter, getLocale, getTranslations } from "next-intl/server";
import { canonicalAt } from "@/app/_components/alternates";
import { Author } from "@/app/_components/author";
import { BookmarkButton } from "@/app/_components/bookmark-button";
import { decodeSegment } from "@/app/_components/decode-segment";
import { Form } from "@/app/_components/form";
import { Frame } from "@/app/_components/frame";
import { Link } from "@/app/_components/link";
import { LinkedData } from "@/app/_components/linked-data";
import { Picture } from "@/app/_components/picture";
import { Prose } from "@/app/_components/prose";
import { type SearchParams, withQuery } from "@/app/_components/read-list-query";
import { ShareButton } from "@/app/_components/share-button";
import { SubmitButton } from "@/app/_components/submit-button";
import { articlePath } from "@/lib/articles/article-path";
import { categoryPath } from "@/lib/articles/category-path";
import type { Article } from "@/lib/articles/contract";
import { findNeighbours, type Neighbour } from "@/lib/articles/find-neighbours";
import { actorOf } from "@/lib/auth/actor";
import { mayChange } from "@/lib/auth/changeable-by";
import { findWebUser } from "@/lib/auth/web-session";
import { isBookmarked } from "@/lib/bookmarks/set-bookmarked";
import { cardSize } from "@/lib/cards/draw-card";
import { env } from "@/lib/env";
import { absoluteImageAddress } from "@/lib/files/image-address";
import { findPictureSizes } from "@/lib/files/picture-sizes";
import { languageOf } from "@/lib/i18n/language-of";
import { openGraphLocale } from "@/lib/i18n/locales";
import { excerptOf } from "@/lib/markdown/excerpt";
import { type Heading, parseMarkdown } from "@/lib/markdown/parse-markdown";
import { readingMinutes } from "@/lib/markdown/reading-time";
import { site } from "@/lib/site";
import { findTags } from "@/lib/tags/find-tags";
import { tagPath } from "@/lib/tags/tag-path";
import { publishArticleAction } from "../actions";
import { readableArticle } from "../readable-article";

type Props = { params: Promise<{ id: string }>; searchParams: SearchParams };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const article = await readableArticle((await params).id);
  const { title, content, coverImage, author, createdAt, updatedAt } = article;
  const description = excerptOf(content);
  const path = articlePath(article);
  const card = { url: `${path}/card.png`, ...cardSize, alt: title };
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
      images: article.isPublished ? [coverImage ?? card] : [],
      publishedTime: createdAt.toISOString(),
      modifiedTime: updatedAt.toISOString(),
    },
  };
}

export default async function ArticlePage({ params, searchParams }: Props) {
  const { id: segment } = await params;
  const article = await readableArticle(segment);
  const path = articlePath(article);
  // The title was another one, or there was none in the address.
  if (path !== `/articles/${encodeURIComponent(decodeSegment(segment))}`) {
    permanentRedirect(withQuery(path, await searchParams));
  }

  const reader = await findWebUser();
  const isMine = mayChange(article, actorOf(reader));
  const isKept = reader && (await isBookmarked(article.id, reader.id));
  const { tree, headings } = parseMarkdown(article.content);
  const pictures = await findPictureSizes([article.coverImage, article.content]);
  const language = languageOf(article.title + article.content);
  const t = await getTranslations("article");
  return (
    <Frame>
      <article className="with-margin pt-10 lg:pt-16">
        <div className="lg:row-span-2">
          <Facts article={article} />
          {isMine && <Tools article={article} />}
          <Contents headings={headings} />
        </div>
        <header className="mt-3 lg:mt-0">
          <h1 lang={language} className="text-32 lg:text-44">
            {article.title}
          </h1>
          <div className="mt-4 flex flex-wrap items-center justify-between gap-x-6">
            <Author author={article.author} />
            <div className="flex gap-x-5 text-13 text-muted print:hidden">
              <BookmarkButton article={{ id: article.id, path }} isKept={isKept} />
              {article.isPublished && (
                <ShareButton
                  address={env().APP_URL + path}
                  title={article.title}
                  words={{ share: t("share"), copied: t("shareCopied"), link: t("shareLink") }}
                />
              )}
            </div>
          </div>
          {!article.isPublished && (
            <p className="mt-4 border-l border-accent pl-3 text-muted">{t("draftNotice")}</p>
          )}
          {article.coverImage && (
            <Picture
              src={article.coverImage}
              alt=""
              size={pictures.get(article.coverImage)}
              sizes="(min-width: 42rem) 42rem, 100vw"
              isFirst
              className="mt-8 aspect-3/2 w-full rounded-[2px] bg-tint object-cover"
            />
          )}
        </header>
        <div lang={language} className="in-column mt-8 min-w-0 lg:mt-10">
          <Prose tree={tree} pictures={pictures} hasFirst={!article.coverImage} />
          <Tags ids={article.tags} />
        </div>
      </article>
      {article.isPublished && <Neighbours article={article} />}
      {article.isPublished && <ArticleData article={article} />}
    </Frame>
  );
}

async function Facts({ article: { category, content, createdAt, updatedAt } }: { article: Article }) {
  const [t, format] = await Promise.all([getTranslations(), getFormatter()]);
  const date = (time: Date) => format.dateTime(time, { dateStyle: "medium" });
  const isChanged = date(createdAt) !== date(updatedAt);
  return (
    <ul className="flex flex-wrap gap-x-2 text-13 text-muted *:not-last:after:ml-2 *:not-last:after:content-['·'] lg:block lg:space-y-0.5 lg:pt-3 lg:*:not-last:after:content-none">
      <li>
        <time dateTime={createdAt.toISOString()}>{date(createdAt)}</time>
      </li>
      {category && (
        <li>
          <Link href={categoryPath(category)} className="-my-3 inline-block py-3">
            {category}
          </Link>
        </li>
      )}
      <li>{t("list.minutes", { minutes: readingMinutes(content) })}</li>
      {isChanged && (
        <li>
          <time dateTime={updatedAt.toISOString()}>{t("article.updated", { date: date(updatedAt) })}</time>
        </li>
      )}
    </ul>
  );
}

/** What it is found by, for who wants more of it. */
async function Tags({ ids }: { ids: string[] }) {
  const [t, tags] = await Promise.all([getTranslations("article"), findTags(ids)]);
  if (tags.length === 0) return null;
  return (
    <nav aria-label={t("tags")} className="mt-10">
      <ul className="flex flex-wrap gap-x-4 text-15 text-muted">
        {tags.map((tag) => (
          <li key={tag.id}>
            <Link href={tagPath(tag)} lang={languageOf(tag.name)} className="target link">
              {tag.name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** The published articles before and after it. */
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

/** What its author can do with an article. */
async function Tools({ article: { id, isPublished } }: { article: Article }) {
  const t = await getTranslations("article");
  const tool = "target link hover:text-accent";
  return (
    <nav
      aria-label={t("tools")}
      className="flex flex-wrap gap-x-4 text-13 lg:mt-4 lg:flex-col lg:items-start print:hidden"
    >
      <Link href={`/articles/${id}/edit`} className={tool}>
        {t("edit")}
      </Link>
      <Form action={publishArticleAction}>
        <input type="hidden" name="id" value={id} />
        <SubmitButton name="isPublished" value={String(!isPublished)} working={t("working")} className={tool}>
          {isPublished ? t("unpublish") : t("publish")}
        </SubmitButton>
      </Form>
      <Link href={`/articles/${id}/delete`} className={tool}>
        {t("delete")}
      </Link>
    </nav>
  );
}

/** The headings, beside a text long enough to need them. Where there is no margin they would only be in the way. */
async function Contents({ headings }: { headings: Heading[] }) {
  const t = await getTranslations("article");
  const shown = headings.filter(({ depth }) => depth <= 3);
  if (shown.length < 3) return null;
  return (
    <nav
      aria-label={t("contents")}
      className="sticky top-8 mt-8 hidden text-13 text-muted lg:block print:hidden"
    >
      <ol className="space-y-1.5">
        {shown.map(({ id, text, depth }) => (
          <li key={id} className={depth === 3 ? "pl-3" : ""}>
            <a href={`#${id}`} className="block">
              {text}
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** What the article is, for machines. */
async function ArticleData({ article }: { article: Article }) {
  const [locale, tags] = await Promise.all([getLocale(), findTags(article.tags)]);
  const address = env().APP_URL + articlePath(article);
  const { author, category } = article;
  const data = {
    "@type": "BlogPosting",
    headline: article.title,
    description: excerptOf(article.content),
    image: article.coverImage ? absoluteImageAddress(article.coverImage) : `${address}/card.png`,
    datePublished: article.createdAt.toISOString(),
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
  return <LinkedData data={data} />;
}
