import "server-only";
import { env } from "@/lib/config/env";
import { site } from "@/lib/config/site";
import type { Locale } from "@/lib/i18n/locales";
import type { FeedItem } from "./latest-articles";

/**
 * Writes a JSON feed.
 *
 * @param address the URL of the feed itself.
 * @see https://www.jsonfeed.org/version/1.1/
 */
export function writeJsonFeed(
  items: FeedItem[],
  { locale, address }: { locale: Locale; address: string },
): string {
  return JSON.stringify({
    version: "https://jsonfeed.org/version/1.1",
    title: site.name[locale],
    description: site.description[locale],
    home_page_url: `${env().APP_URL}/`,
    feed_url: address,
    language: locale,
    items: items.map((item) => ({
      id: `urn:uuid:${item.id}`,
      url: item.url,
      title: item.title,
      summary: item.summary,
      content_html: item.html,
      ...(item.image && { image: item.image }),
      ...(item.author && { authors: [item.author] }),
      tags: item.subjects,
      language: item.language,
      date_published: item.publishedAt.toISOString(),
      date_modified: item.changedAt.toISOString(),
    })),
  });
}
