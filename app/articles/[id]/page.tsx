import type { Metadata } from "next";
import { getFormatter, getLocale, getTranslations } from "next-intl/server";
import { Author } from "@/app/_components/author";
import { Form } from "@/app/_components/form";
import { Frame } from "@/app/_components/frame";
import { Link } from "@/app/_components/link";
import { Picture } from "@/app/_components/picture";
import { Prose } from "@/app/_components/prose";
import { SubmitButton } from "@/app/_components/submit-button";
import type { Article } from "@/lib/articles/contract";
import { actorOf } from "@/lib/auth/actor";
import { findWebUser } from "@/lib/auth/web-session";
import { env } from "@/lib/env";
import { absoluteImageAddress } from "@/lib/files/image-address";
import { languageOf } from "@/lib/i18n/language-of";
import { excerptOf } from "@/lib/markdown/excerpt";
import { type Heading, parseMarkdown } from "@/lib/markdown/parse-markdown";
import { readingMinutes } from "@/lib/markdown/reading-time";
import { site } from "@/lib/site";
import { publishArticleAction } from "../actions";
import { mayChange, readableArticle } from "../readable-article";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id, title, content, coverImage, author, createdAt, updatedAt } = await readableArticle(
    (await params).id,
  );
  const description = excerptOf(content);
  const images = coverImage ? [coverImage] : [];
  return {
    title,
    description,
    authors: author ? [{ name: author.name, url: `/users/${author.id}` }] : [],
    alternates: { canonical: `/articles/${id}` },
    openGraph: {
      type: "article",
      title,
      description,
      images,
      publishedTime: createdAt.toISOString(),
      modifiedTime: updatedAt.toISOString(),
    },
  };
}

export default async function ArticlePage({ params }: Props) {
  const article = await readableArticle((await params).id);
  const isMine = mayChange(article, actorOf(await findWebUser()));
  const { tree, headings } = parseMarkdown(article.content);
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
          <div className="mt-4">
            <Author author={article.author} />
          </div>
          {!article.isPublished && (
            <p className="mt-4 border-l border-accent pl-3 text-muted">{t("draftNotice")}</p>
          )}
          {article.coverImage && (
            <Picture
              src={article.coverImage}
              alt=""
              loading="eager"
              className="mt-8 aspect-3/2 w-full rounded-[2px] bg-tint object-cover"
            />
          )}
        </header>
        <div lang={language} className="in-column mt-8 min-w-0 lg:mt-10">
          <Prose tree={tree} />
        </div>
      </article>
      {article.isPublished && <LinkedData article={article} />}
    </Frame>
  );
}

async function Facts({ article: { category, content, createdAt, updatedAt } }: { article: Article }) {
  const [t, format] = await Promise.all([getTranslations(), getFormatter()]);
  const date = (time: Date) => format.dateTime(time, { dateStyle: "medium" });
  const isChanged = date(createdAt) !== date(updatedAt);
  return (
    <ul className="flex flex-wrap gap-x-4 text-13 text-muted lg:block lg:space-y-0.5 lg:pt-3">
      <li>
        <time dateTime={createdAt.toISOString()}>{date(createdAt)}</time>
      </li>
      {category && <li>{category}</li>}
      <li>{t("list.minutes", { minutes: readingMinutes(content) })}</li>
      {isChanged && (
        <li>
          <time dateTime={updatedAt.toISOString()}>{t("article.updated", { date: date(updatedAt) })}</time>
        </li>
      )}
    </ul>
  );
}

/** What its author can do with an article. */
async function Tools({ article: { id, isPublished } }: { article: Article }) {
  const t = await getTranslations("article");
  const tool = "target link hover:text-accent";
  return (
    <nav
      aria-label={t("tools")}
      className="flex flex-wrap gap-x-4 text-13 lg:mt-4 lg:flex-col lg:items-start"
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
    <nav aria-label={t("contents")} className="sticky top-8 mt-8 hidden text-13 text-muted lg:block">
      <ol className="space-y-1.5">
        {shown.map(({ id, text, depth }) => (
          <li key={id} className={depth === 3 ? "pl-3" : ""}>
            <a href={`#${id}`}>{text}</a>
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** What the article is, for machines. */
async function LinkedData({ article }: { article: Article }) {
  const locale = await getLocale();
  const data = {
    "@context": "https://schema.org",
    "@type": "BlogPosting",
    headline: article.title,
    description: excerptOf(article.content),
    image: article.coverImage ? absoluteImageAddress(article.coverImage) : undefined,
    datePublished: article.createdAt.toISOString(),
    dateModified: article.updatedAt.toISOString(),
    author: article.author
      ? {
          "@type": "Person",
          name: article.author.name,
          url: `${env().APP_URL}/users/${article.author.id}`,
        }
      : undefined,
    publisher: { "@type": "Organization", name: site.name[locale] },
    inLanguage: languageOf(article.title + article.content),
    mainEntityOfPage: `${env().APP_URL}/articles/${article.id}`,
  };
  // A title may hold `</script>`: escaped, it ends nothing.
  return <script type="application/ld+json">{JSON.stringify(data).replaceAll("<", "\\u003c")}</script>;
}
