import type { Metadata } from "next";
import { site } from "@/lib/config/site";
import { isLocale, locales } from "@/lib/i18n/locales";

type Alternates = NonNullable<Metadata["alternates"]>;

/** What every page names. */
export const siteAlternates: Alternates = {
  // part: feeds
  types: {
    "application/rss+xml": [{ url: "/feed.xml", title: site.name.en }],
    "application/feed+json": [{ url: "/feed.json", title: site.name.en }],
  },
  // end of part: feeds
};

/**
 * The canonical URL of a page that has several. User content is in the language of its author,
 * regardless of the language of the site, so it has no translations.
 */
export function canonicalAt(path: string): Alternates {
  return { ...siteAlternates, canonical: path };
}

/**
 * The addresses of a page that says the same in each language of the site. One address serves all of them, by what
 * the browser asks for; search engines, which do not ask, are given one for each.
 *
 * @param lang what the address says by `?lang=`.
 */
export function translatedAt(path: string, lang: string | string[] | undefined): Alternates {
  const addresses = locales.map((locale) => [locale, `${path}?lang=${locale}`]);
  return {
    ...siteAlternates,
    canonical: isLocale(lang) ? `${path}?lang=${lang}` : path,
    languages: { ...Object.fromEntries(addresses), "x-default": path },
  };
}
