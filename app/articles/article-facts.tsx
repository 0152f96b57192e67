import { getFormatter, getTranslations } from "next-intl/server";
import { Link } from "@/app/_components/ui/link";
import type { Article } from "@/lib/articles/contract";
import { categoryPath } from "@/lib/articles/paths/category-path";
import { lastChangeOf } from "@/lib/articles/public-articles";
import { languageOf } from "@/lib/i18n/language-of";
import { readingMinutes } from "@/lib/markdown/reading-time";

/** The date, category and reading time of an article. */
export async function ArticleFacts({ article }: { article: Article }) {
  const { category, content } = article;
  const publishedAt = article.publishedAt ?? article.createdAt;
  const changedAt = lastChangeOf(article);
  const [t, format] = await Promise.all([getTranslations(), getFormatter()]);
  const date = (time: Date) => format.dateTime(time, { dateStyle: "medium" });
  const isChanged = date(publishedAt) !== date(changedAt);
  return (
    <ul className="flex flex-wrap gap-x-2 text-13 text-muted *:not-last:after:ml-2 *:not-last:after:content-['·'] lg:block lg:space-y-0.5 lg:pt-3 lg:*:not-last:after:content-none">
      <li>
        <time dateTime={publishedAt.toISOString()}>{date(publishedAt)}</time>
      </li>
      {category && (
        <li>
          <Link href={categoryPath(category)} lang={languageOf(category)} className="-my-3 inline-block py-3">
            {category}
          </Link>
        </li>
      )}
      <li>{t("list.minutes", { minutes: readingMinutes(content) })}</li>
      {isChanged && (
        <li>
          <time dateTime={changedAt.toISOString()}>{t("article.updated", { date: date(changedAt) })}</time>
        </li>
      )}
    </ul>
  );
}
