import { getFormatter, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Author } from "@/app/_components/articles/author";
import { Prose } from "@/app/_components/articles/prose";
import { Link } from "@/app/_components/ui/link";
import { Picture } from "@/app/_components/ui/picture";
import type { Article } from "@/lib/articles/contract";
import { categoryPath } from "@/lib/articles/paths/category-path";
import { parsedArticle } from "@/lib/articles/reading/parsed-article";
import { findPictureSizes } from "@/lib/files/picture-sizes";
import { languageOf } from "@/lib/i18n/language-of";
import type { Heading } from "@/lib/markdown/parse-markdown";
import { readingMinutes } from "@/lib/markdown/reading-time";
import { tagPath } from "@/lib/tags/tag-path";
import { loadTags } from "./load-tags";

/**
 * An article as it is read, on its own page and in a preview.
 *
 * @param notice why not everybody sees it.
 * @param tools what its author can do with it.
 * @param actions what a reader can do with it.
 */
export async function ArticleView({
  article,
  notice,
  tools,
  actions,
}: {
  article: Article;
  notice?: ReactNode;
  tools?: ReactNode;
  actions?: ReactNode;
}) {
  // Begun before the text is parsed, so that the database answers meanwhile.
  const asked = findPictureSizes([article.coverImage, article.content]);
  void loadTags(article.tags);
  const { tree, headings } = parsedArticle(article);
  const pictures = await asked;
  const language = languageOf(article.title + article.content);
  return (
    <article className="with-margin pt-10 lg:pt-16">
      <div className="lg:row-span-2">
        <Facts article={article} />
        {tools}
        <Contents headings={headings} />
      </div>
      <header className="mt-3 lg:mt-0">
        <h1 lang={language} className="text-32 lg:text-44">
          {article.title}
        </h1>
        <div className="mt-4 flex flex-wrap items-center justify-between gap-x-6">
          <Author author={article.author} />
          <div className="flex gap-x-5 text-13 text-muted print:hidden">{actions}</div>
        </div>
        {notice && <p className="mt-4 border-l border-accent pl-3 text-muted">{notice}</p>}
        {article.coverImage && (
          <Picture
            src={article.coverImage}
            alt={article.coverAlt ?? ""}
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
  );
}

async function Facts({ article }: { article: Article }) {
  const { category, content, updatedAt } = article;
  const publishedAt = article.publishedAt ?? article.createdAt;
  const [t, format] = await Promise.all([getTranslations(), getFormatter()]);
  const date = (time: Date) => format.dateTime(time, { dateStyle: "medium" });
  const isChanged = updatedAt > publishedAt && date(publishedAt) !== date(updatedAt);
  return (
    <ul className="flex flex-wrap gap-x-2 text-13 text-muted *:not-last:after:ml-2 *:not-last:after:content-['·'] lg:block lg:space-y-0.5 lg:pt-3 lg:*:not-last:after:content-none">
      <li>
        <time dateTime={publishedAt.toISOString()}>{date(publishedAt)}</time>
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
  const [t, tags] = await Promise.all([getTranslations("article"), loadTags(ids)]);
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
