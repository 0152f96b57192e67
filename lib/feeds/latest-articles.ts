import "server-only";
import { articlePath } from "@/lib/articles/article-path";
import { type Article, articleListQuery } from "@/lib/articles/contract";
import { descriptionOf } from "@/lib/articles/description";
import { listArticles } from "@/lib/articles/list-articles";
import { actorOf } from "@/lib/auth/actor";
import { env } from "@/lib/env";
import { languageOf } from "@/lib/i18n/language-of";
import type { Locale } from "@/lib/i18n/locales";
import { findTags } from "@/lib/tags/find-tags";
import { articleHtml } from "./article-html";

/** How many articles a feed holds. Readers ask often enough to miss none. */
const feedLength = 20;

/** An article as a feed tells of it, whatever the feed's format. */
export type FeedItem = {
  id: string;
  url: string;
  title: string;
  summary: string;
  /** Harmless, every address in it absolute. */
  html: string;
  image: string | null;
  author: { name: string; url: string } | null;
  /** The category and the names of the tags. */
  subjects: string[];
  language: Locale;
  publishedAt: Date;
  changedAt: Date;
};

/** @returns what was published last, the newest first: as a guest sees it. */
export async function getLatestArticles(): Promise<FeedItem[]> {
  const query = articleListQuery.parse({ limit: String(feedLength), sortBy: "publishedAt" });
  const { items } = await listArticles(query, actorOf(null));
  const tags = await findTags(items.flatMap((article) => article.tags ?? []));
  const nameOf = new Map(tags.map(({ id, name }) => [id, name]));
  return items.map(
    ({
      title = "",
      content = "",
      excerpt = null,
      coverImage = null,
      category,
      author = null,
      ...article
    }) => {
      const url = env().APP_URL + articlePath({ id: article.id, title });
      return {
        id: article.id,
        url,
        title,
        summary: descriptionOf({ excerpt, content }),
        html: articleHtml(content, url),
        image: coverImage && new URL(coverImage, env().APP_URL).href,
        author: author && authorOf(author),
        subjects: [category, ...(article.tags ?? []).map((id) => nameOf.get(id))].filter(isPresent),
        language: languageOf(title + content),
        publishedAt: article.publishedAt ?? article.createdAt,
        changedAt: article.updatedAt,
      };
    },
  );
}

function authorOf({ id, name }: NonNullable<Article["author"]>): FeedItem["author"] {
  return { name, url: `${env().APP_URL}/users/${id}` };
}

function isPresent(text: string | null | undefined): text is string {
  return Boolean(text);
}
