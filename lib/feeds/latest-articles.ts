import "server-only";
import { setImmediate } from "node:timers/promises";
import { actorOf } from "@/lib/access/actor";
import { type Article, articleListQuery } from "@/lib/articles/contract";
import { descriptionOf } from "@/lib/articles/description";
import { listArticles } from "@/lib/articles/list-articles";
import { articlePath } from "@/lib/articles/paths/article-path";
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

/** The parts that are expensive to generate from an article's text. */
type RenderedText = Pick<FeedItem, "summary" | "html" | "language">;

/**
 * An article that cannot be rendered is logged, and left out.
 *
 * @returns the latest public articles, newest first.
 */
export async function getLatestArticles(): Promise<FeedItem[]> {
  const query = articleListQuery.parse({ limit: String(feedLength), sortBy: "publishedAt" });
  const { items } = await listArticles(query, actorOf(null));
  const tags = await findTags(items.flatMap((article) => article.tags ?? []));
  const nameOf = new Map(tags.map(({ id, name }) => [id, name]));
  const pictures = await findPictureSizes(items.map(({ content }) => content));
  const feed: FeedItem[] = [];
  for (const item of items) {
    const { title = "", content = "", excerpt = null, coverImage = null, category, author = null } = item;
    const { id, createdAt, publishedAt, updatedAt: changedAt } = item;
    const url = env().APP_URL + articlePath({ id, title });
    // Lets the server handle other requests between two articles.
    await setImmediate();
    try {
      feed.push({
        id,
        url,
        title,
        ...(await write({ id, updatedAt: changedAt, url, title, content, excerpt, pictures })),
        image: coverImage && new URL(coverImage, env().APP_URL).href,
        author: author && authorOf(author),
        subjects: [category, ...(item.tags ?? []).map((tag) => nameOf.get(tag))].filter(isPresent),
        publishedAt: publishedAt ?? createdAt,
        changedAt,
      });
    } catch (error) {
      log.error("feed.article-left-out", error, { article: id });
    }
  }
  return feed;
}

type ArticleText = {
  id: string;
  updatedAt: Date;
  url: string;
  title: string;
  content: string;
  excerpt: string | null;
  pictures: PictureSizes;
};

async function write({ url, title, excerpt, pictures, ...article }: ArticleText): Promise<RenderedText> {
  const { content } = article;
  const summary = descriptionOf({ excerpt, content });
  const language = languageOf(title + content);
  const isWhole = content.length <= maxCharacters;
  const html = isWhole
    ? articleHtml((await parsedArticle(article)).tree, url, pictures)
    : beginning(summary, url, language);
  return { summary, language, html };
}

function beginning(summary: string, url: string, language: Locale): string {
  const link = `<a href="${xmlText(url)}">${xmlText(messages[language].feed.readOn)}</a>`;
  return `<p>${xmlText(summary)}</p><p>${link}</p>`;
}

function authorOf({ id, name }: NonNullable<Article["author"]>): FeedItem["author"] {
  return { name, url: `${env().APP_URL}/users/${id}` };
}

function isPresent(text: string | null | undefined): text is string {
  return Boolean(text);
}
