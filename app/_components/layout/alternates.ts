import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { site } from "@/lib/config/site";
import { isLocale, locales } from "@/lib/i18n/locales";
import { listPagePath } from "@/lib/web/paths/list-page";

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

/** The title and the canonical URL of a page of a list: after the first page, both contain its number. */
export async function listPageMetadata<Path extends string>(
  path: Route<Path>,
  page: number,
  title: string,
): Promise<Metadata> {
  const t = await getTranslations("list");
  return {
    title: page === 1 ? title : `${title} · ${t("pageTitle", { page })}`,
    alternates: canonicalAt(listPagePath(path, page)),
  };
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
