import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Author } from "@/app/_components/articles/author";
import { Prose } from "@/app/_components/articles/prose";
import { Link } from "@/app/_components/ui/link";
import { Picture } from "@/app/_components/ui/picture";
import type { Article } from "@/lib/articles/contract";
import { parsedArticle } from "@/lib/articles/reading/parsed-article";
import { findPictureSizes } from "@/lib/files/picture-sizes";
import { languageOf } from "@/lib/i18n/language-of";
import { tagPath } from "@/lib/tags/tag-path";
import { ArticleFacts } from "./article-facts";
import { loadTags } from "./load-tags";
import { TableOfContents } from "./table-of-contents";

/**
 * An article as readers see it, on its own page and in a preview.
 *
 * @param notice explains why not everyone can see it.
 * @param tools shown to the author.
 * @param actions shown to readers.
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
  // Queried before the text is parsed, so that both run in parallel.
  const pictureSizes = findPictureSizes([article.coverImage, article.content]);
  void loadTags(article.tags);
  const { tree, headings } = await parsedArticle(article);
  const pictures = await pictureSizes;
  const language = languageOf(article.title + article.content);
  return (
    <article className="with-margin pt-10 lg:pt-16">
      <div className="lg:row-span-2">
        <ArticleFacts article={article} />
        {tools}
        <TableOfContents headings={headings} />
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
