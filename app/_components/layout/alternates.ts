import type { Metadata } from "next";
import { site } from "@/lib/config/site";
import { isLocale, locales } from "@/lib/i18n/locales";

type Alternates = NonNullable<Metadata["alternates"]>;

/** The alternates of every page. */
export const siteAlternates: Alternates = {
  // part: feeds
  types: {
    "application/rss+xml": [{ url: "/feed.xml", title: site.name.en }],
    "application/feed+json": [{ url: "/feed.json", title: site.name.en }],
  },
  // end of part: feeds
};

/**
 * The canonical URL of a page that several URLs lead to. User content is in the language of its author,
 * regardless of the language of the site, so it has no translations.
 */
export function canonicalAt(path: string): Alternates {
  return { ...siteAlternates, canonical: path };
}

/**
 * The URLs of a page that is translated into each language of the site. One URL serves them all by `Accept-Language`;
 * search engines do not send that header, so each language has its own URL for them.
 *
 * @param lang the `?lang=` parameter of the request.
 */
export function translatedAt(path: string, lang: string | string[] | undefined): Alternates {
  const urls = locales.map((locale) => [locale, `${path}?lang=${locale}`]);
  return {
    ...siteAlternates,
    canonical: isLocale(lang) ? `${path}?lang=${lang}` : path,
    languages: { ...Object.fromEntries(urls), "x-default": path },
  };
}
