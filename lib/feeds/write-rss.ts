import "server-only";
import { env } from "@/lib/config/env";
import { site } from "@/lib/config/site";
import type { Locale } from "@/lib/i18n/locales";
import { xmlText } from "@/lib/sitemap/xml";
import type { FeedItem } from "./latest-articles";

/**
 * Writes an RSS feed.
 *
 * @param address the URL of the feed itself.
 * @see https://www.rssboard.org/rss-specification
 */
export function writeRss(
  items: FeedItem[],
  { locale, address }: { locale: Locale; address: string },
): string {
  const lastChange = new Date(Math.max(0, ...items.map(({ changedAt }) => changedAt.getTime())));
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
<title>${xmlText(site.name[locale])}</title>
<link>${xmlText(`${env().APP_URL}/`)}</link>
<description>${xmlText(site.description[locale])}</description>
<language>${locale}</language>
<lastBuildDate>${lastChange.toUTCString()}</lastBuildDate>
<atom:link href="${xmlText(address)}" rel="self" type="application/rss+xml"/>
${items.map(writeItem).join("\n")}
</channel>
</rss>
`;
}

function writeItem({ id, url, title, summary, html, author, subjects, publishedAt }: FeedItem): string {
  return [
    "<item>",
    `<title>${xmlText(title)}</title>`,
    `<link>${xmlText(url)}</link>`,
    // The URL changes with the title; the GUID does not.
    `<guid isPermaLink="false">${xmlText(`urn:uuid:${id}`)}</guid>`,
    `<pubDate>${publishedAt.toUTCString()}</pubDate>`,
    ...(author ? [`<dc:creator>${xmlText(author.name)}</dc:creator>`] : []),
    ...subjects.map((subject) => `<category>${xmlText(subject)}</category>`),
    `<description>${xmlText(summary)}</description>`,
    `<content:encoded>${xmlText(html)}</content:encoded>`,
    "</item>",
  ].join("\n");
}
