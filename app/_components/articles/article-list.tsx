import { getFormatter } from "next-intl/server";
import type { ReactNode } from "react";
import { Link } from "@/app/_components/ui/link";
import { Picture } from "@/app/_components/ui/picture";
import type { ArticleSummary } from "@/lib/articles/list-articles";
import { articlePath } from "@/lib/articles/paths/article-path";
import { categoryPath } from "@/lib/articles/paths/category-path";
import { findPictureSizes, type PictureSize } from "@/lib/files/picture-sizes";
import { languageOf } from "@/lib/i18n/language-of";
import { Author } from "./author";

/**
 * Articles as a table of contents: the date in the margin, then what each is about.
 *
 * @param note what is shown below each article, in place of its author.
 */
export async function ArticleList({
  articles,
  note = ({ author }) => <Author author={author} />,
}: {
  articles: ArticleSummary[];
  note?: (article: ArticleSummary) => ReactNode;
}) {
  const [pictures, format] = await Promise.all([
    findPictureSizes(articles.map(({ coverImage }) => coverImage)),
    getFormatter(),
  ]);
  const first = articles.find(({ coverImage }) => coverImage);
  return (
    <ol>
      {articles.map((article) => (
        <li key={article.id} className="with-margin group">
          <Entry
            article={article}
            format={format}
            note={note(article)}
            size={pictures.get(article.coverImage ?? "")}
            isFirst={article === first}
          />
        </li>
      ))}
    </ol>
  );
}

/** Synchronous: an asynchronous component would add one task for each of the twenty articles in a list. */
function Entry({
  article,
  format,
  note,
  size,
  isFirst,
}: {
  article: ArticleSummary;
  format: Awaited<ReturnType<typeof getFormatter>>;
  note: ReactNode;
  /** The dimensions of the cover. */
  size: PictureSize | undefined;
  isFirst: boolean;
}) {
  const { id, title, description, coverImage, coverAlt, category, createdAt, publishedAt } = article;
  const date = publishedAt ?? createdAt;
  const language = languageOf(title + description);
  return (
    <>
      <p className="flex gap-x-2 pt-9 text-13 text-muted lg:block lg:pt-[2.85rem]">
        <time dateTime={date.toISOString()} className="shrink-0">
          {format.dateTime(date, { dateStyle: "medium" })}
        </time>
        {category && (
          <span className="before:mr-2 before:content-['·'] lg:block lg:before:content-none">
            <Link
              href={categoryPath(category)}
              lang={languageOf(category)}
              className="-my-3 inline-block py-3"
            >
              {category}
            </Link>
          </span>
        )}
      </p>
      <article className="flex gap-6 border-rule pt-1.5 pb-9 group-not-last:border-b sm:gap-8 lg:pt-9">
        <div className="min-w-0 flex-1">
          <h2 className="text-24">
            <Link href={articlePath({ id, title })} lang={language}>
              {title}
            </Link>
          </h2>
          {description && (
            <p lang={language} className="mt-2 line-clamp-2 max-w-[36rem] text-17 leading-[1.65] text-muted">
              {description}
            </p>
          )}
          <div className="mt-3 text-13">{note}</div>
        </div>
        {coverImage && (
          <div className="w-24 shrink-0 sm:w-1/3">
            <Picture
              src={coverImage}
              alt={coverAlt ?? ""}
              size={size}
              sizes="(min-width: 42rem) 14rem, (min-width: 40rem) 33vw, 6rem"
              isFirst={isFirst}
              className="aspect-4/3 w-full rounded-[2px] bg-tint object-cover"
            />
          </div>
        )}
      </article>
    </>
  );
}
