import "server-only";
import { setImmediate } from "node:timers/promises";
import { actorOf } from "@/lib/access/actor";
import { articleListQuery } from "@/lib/articles/contract";
import { descriptionOf } from "@/lib/articles/description";
import { type ListedArticle, listArticles } from "@/lib/articles/list-articles";
import { articlePath } from "@/lib/articles/paths/article-path";
import { lastChangeOf } from "@/lib/articles/public-articles";
import { parsedArticle } from "@/lib/articles/reading/parsed-article";
import { env } from "@/lib/config/env";
import { findPictureSizes, type PictureSizes } from "@/lib/files/picture-sizes";
import { languageOf } from "@/lib/i18n/language-of";
import type { Locale } from "@/lib/i18n/locales";
import { messages } from "@/lib/i18n/translate";
import { log } from "@/lib/runtime/log";
import { xmlText } from "@/lib/sitemap/xml";
import { findTags } from "@/lib/tags/find-tags";
import { articleHtml } from "./article-html";

/** How many articles a feed contains. Feed readers poll often enough to miss none. */
const feedLength = 20;

/** An article in a feed, independent of the feed's format. */
export type FeedItem = {
  id: string;
  url: string;
  title: string;
  summary: string;
  /** Safe, with only absolute URLs. */
  html: string;
  image: string | null;
  author: { name: string; url: string } | null;
  /** The category and the names of the tags. */
  subjects: string[];
  language: Locale;
  publishedAt: Date;
  changedAt: Date;
};

/**
 * Longer articles are in a feed as their beginning and a link, so that rendering one, even a crafted one, blocks the
 * server for less than a tenth of a second.
 */
const maxCharacters = 10_000;

/**
 * An article that cannot be rendered is logged, and left out.
 *
 * @returns the latest public articles, newest first.
 */
export async function getLatestArticles(): Promise<FeedItem[]> {
  const query = articleListQuery.parse({ limit: String(feedLength), sortBy: "publishedAt" });
  const { items } = await listArticles(query, actorOf(null));
  const tags = await findTags(items.flatMap((article) => article.tags ?? []));
  const tagNames = new Map(tags.map(({ id, name }) => [id, name]));
  const pictures = await findPictureSizes(items.map(({ content }) => content));
  const feed: FeedItem[] = [];
  for (const item of items) {
    // Lets the server handle other requests between two articles.
    await setImmediate();
    try {
      feed.push(await feedItemOf(item, tagNames, pictures));
    } catch (error) {
      log.error("feed.article-left-out", error, { article: item.id });
    }
  }
  return feed;
}

async function feedItemOf(
  article: ListedArticle,
  tagNames: Map<string, string>,
  pictures: PictureSizes,
): Promise<FeedItem> {
  const { id, title = "", content = "", excerpt = null, coverImage, category, tags = [], author } = article;
  const { createdAt, publishedAt } = article;
  const url = env().APP_URL + articlePath({ id, title });
  const summary = descriptionOf({ excerpt, content });
  const language = languageOf(title + content);
  const isWhole = content.length <= maxCharacters;
  return {
    id,
    url,
    title,
    summary,
    html: isWhole
      ? articleHtml((await parsedArticle({ content })).tree, url, pictures)
      : beginning(summary, url, language),
    image: coverImage ? new URL(coverImage, env().APP_URL).href : null,
    author: author ? { name: author.name, url: `${env().APP_URL}/users/${author.id}` } : null,
    subjects: [category, ...tags.map((tag) => tagNames.get(tag))].filter(isPresent),
    language,
    publishedAt: publishedAt ?? createdAt,
    changedAt: lastChangeOf(article),
  };
}

function beginning(summary: string, url: string, language: Locale): string {
  const link = `<a href="${xmlText(url)}">${xmlText(messages[language].feed.readOn)}</a>`;
  return `<p>${xmlText(summary)}</p><p>${link}</p>`;
}

function isPresent(text: string | null | undefined): text is string {
  return Boolean(text);
}
