import "server-only";
import { env } from "@/lib/config/env";
import { sitePages } from "@/lib/config/site-pages";
import { locales } from "@/lib/i18n/locales";
import type { PublishedPage } from "./published-pages";
import { xmlText } from "./xml";

/** The pages that exist in each language of the site; all others are in the language of their author. */
const translatedPages = ["/", ...sitePages.map(({ path }) => path)];

const namespace = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"';

/**
 * Writes the index of the sitemap's parts.
 *
 * @param articleParts the number of parts with articles.
 * @see https://www.sitemaps.org/protocol.html
 */
export function writeSitemapIndex(articleParts: number): string {
  const parts = ["pages", ...Array.from({ length: articleParts }, (_, index) => `articles-${index + 1}`)];
  return document(
    "sitemapindex",
    namespace,
    parts.map((part) => `<sitemap><loc>${xmlText(`${env().APP_URL}/sitemap/${part}.xml`)}</loc></sitemap>`),
  );
}

/** The pages of the site itself, each with its other languages, and those of its subjects and authors. */
export function writePagesSitemap(subjects: PublishedPage[]): string {
  const translated = translatedPages.flatMap((path) =>
    [path, ...locales.map((locale) => inLanguage(path, locale))].map((address) =>
      entry({ path: address }, [
        ...locales.map((locale) => alternate(locale, inLanguage(path, locale))),
        alternate("x-default", path),
      ]),
    ),
  );
  return document("urlset", `${namespace} xmlns:xhtml="http://www.w3.org/1999/xhtml"`, [
    ...translated,
    ...subjects.map((page) => entry(page)),
  ]);
}

/** A part of the articles. */
export function writeArticlesSitemap(articles: PublishedPage[]): string {
  return document(
    "urlset",
    namespace,
    articles.map((page) => entry(page)),
  );
}

function document(root: string, attributes: string, children: string[]): string {
  return [
    `<?xml version="1.0" encoding="UTF-8"?>`,
    `<${root} ${attributes}>`,
    ...children,
    `</${root}>`,
    "",
  ].join("\n");
}

function entry({ path, changedAt }: PublishedPage, alternates: string[] = []): string {
  const changed = changedAt ? `<lastmod>${changedAt.toISOString()}</lastmod>` : "";
  return `<url><loc>${absolute(path)}</loc>${changed}${alternates.join("")}</url>`;
}

function alternate(language: string, path: string): string {
  return `<xhtml:link rel="alternate" hreflang="${language}" href="${absolute(path)}"/>`;
}

function inLanguage(path: string, locale: string): string {
  return `${path}?lang=${locale}`;
}

function absolute(path: string): string {
  return xmlText(env().APP_URL + path);
}
