import { defaultLocale, isLocale, type Locale, negotiateLocale } from "@/lib/i18n/locales";
import { fullCookieName } from "@/lib/web/cookies";
import { isTheme, type Theme } from "@/lib/web/theme";

/** The key of a guest page: everything that its content depends on. */
export type GuestPageAddress = {
  /** Path and query, with only the parameters that pages read. */
  path: string;
  locale: Locale;
  theme: Theme;
  /** A feed, a sitemap or a card: the same for every reader, whatever their cookies and headers. */
  isDocument?: true;
};

type GuestRequest = {
  method: string;
  pathname: string;
  searchParams: URLSearchParams;
  acceptLanguage: string | null;
  cookies: Iterable<{ name: string; value: string }>;
};

/** The home page, and the pages of articles, tags, categories and users. */
const pagePattern = /^\/(?:(?:articles|tags|categories|users)\/([^/]+))?$/;
/** Feeds, sitemaps and cards, which are made from public articles. */
const documentPatterns = [
  /^\/feed\.(?:xml|json)$/, // part: feeds
  /^\/llms\.txt$/, // part: feeds
  /^\/card\.png$/, // part: share-cards
  /^\/articles\/[^/]{1,2000}\/card\.png$/, // part: share-cards
  /^\/sitemap\.xml$/,
  /^\/sitemap\/(?:pages|articles-[1-9]\d{0,3})\.xml$/,
];
/** Pages below these paths that are not for guests. */
const otherPages = new Set(["new"]);

/**
 * @returns the key of a request, or null if the response may depend on more: a session, another page, an invalid
 *   parameter.
 */
export function guestPageAddress(request: GuestRequest): GuestPageAddress | null {
  if (request.method !== "GET" && request.method !== "HEAD") return null;
  if (documentPatterns.some((pattern) => pattern.test(request.pathname))) return documentAddress(request);
  const path = canonicalPath(request.pathname);
  const query = path === null ? null : canonicalQuery(request.searchParams);
  if (path === null || query === null) return null;

  let chosenLocale: Locale | undefined;
  let theme: Theme = "system";
  for (const { name, value } of request.cookies) {
    if (name.includes("session-token")) return null;
    if (name === fullCookieName("locale") && isLocale(value)) chosenLocale = value;
    if (name === fullCookieName("theme") && isTheme(value)) theme = value;
  }
  const lang = query.get("lang");
  const locale =
    chosenLocale ?? (isLocale(lang) ? lang : undefined) ?? negotiateLocale(request.acceptLanguage);
  return { path: query.size > 0 ? `${path}?${query}` : path, locale, theme };
}

/** Feed readers and crawlers act for no single reader: only `?lang=` chooses the language. */
export function documentAddress({
  pathname,
  searchParams,
}: Pick<GuestRequest, "pathname" | "searchParams">): GuestPageAddress {
  const lang = searchParams.get("lang");
  const locale = isLocale(lang) ? lang : defaultLocale;
  const path = locale === defaultLocale ? pathname : `${pathname}?lang=${locale}`;
  return { path, locale, theme: "system", isDocument: true };
}

function canonicalPath(pathname: string): string | null {
  const [path, segment] = pagePattern.exec(pathname) ?? [];
  if (path === undefined) return null;
  if (segment === undefined) return path;
  try {
    const text = decodeURIComponent(segment);
    if (otherPages.has(text) || text.length > maxSegmentLength) return null;
    return `/${path.split("/")[1]}/${encodeURIComponent(text)}`;
  } catch {
    return null;
  }
}

/** Enough for a title of 200 characters followed by an ID. */
const maxSegmentLength = 400;

/** Drops campaign parameters and all others that no page reads, so that they cannot fill the memory. */
function canonicalQuery(parameters: URLSearchParams): URLSearchParams | null {
  const query = new URLSearchParams();
  const pages = parameters.getAll("page");
  const langs = parameters.getAll("lang");
  if (pages.length > 1 || langs.length > 1) return null;
  const [page] = pages;
  const [lang] = langs;
  if (page !== undefined && !/^[1-9]\d{0,5}$/.test(page)) return null;
  if (page !== undefined) query.set("page", page);
  if (isLocale(lang)) query.set("lang", lang);
  return query;
}
