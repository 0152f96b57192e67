import { getLocale } from "next-intl/server";
import { JsonLd } from "@/app/_components/layout/json-ld";
import type { Article } from "@/lib/articles/contract";
import { descriptionOf } from "@/lib/articles/description";
import { articlePath } from "@/lib/articles/paths/article-path";
import { lastChangeOf } from "@/lib/articles/public-articles";
import { env } from "@/lib/config/env";
import { site } from "@/lib/config/site";
import { sharedImage } from "@/lib/files/source-set";
import { languageOf } from "@/lib/i18n/language-of";
import { absoluteImageUrl } from "@/lib/images/image-url";
import { loadTags } from "../load-tags";

/** Structured data about an article for search engines. */
export async function ArticleJsonLd({ article }: { article: Article }) {
  const [locale, tags] = await Promise.all([getLocale(), loadTags(article.tags)]);
  const url = env().APP_URL + articlePath(article);
  const { author, category } = article;
  const [image] = [
    ...(article.coverImage ? [absoluteImageUrl(sharedImage(article.coverImage))] : []),
    `${url}/card.png`, // part: share-cards
  ];
  const data = {
    "@type": "BlogPosting",
    headline: article.title,
    description: descriptionOf(article),
    image,
    datePublished: (article.publishedAt ?? article.createdAt).toISOString(),
    dateModified: lastChangeOf(article).toISOString(),
    author: author
      ? { "@type": "Person", name: author.name, url: `${env().APP_URL}/users/${author.id}` }
      : undefined,
    articleSection: category ?? undefined,
    keywords: tags.length > 0 ? tags.map(({ name }) => name) : undefined,
    publisher: { "@type": "Organization", name: site.name[locale], url: `${env().APP_URL}/` },
    inLanguage: languageOf(article.title + article.content),
    url,
    mainEntityOfPage: url,
  };
  return <JsonLd data={data} />;
}
