import { defaultLocale, isLocale, type Locale, negotiateLocale } from "@/lib/i18n/locales";
import { isTheme, type Theme } from "@/lib/web/theme";

/** A page as a guest asks for it: all that its content depends on. */
export type GuestPageAddress = {
  /** Path and query, with the parameters that mean something and no others. */
  path: string;
  locale: Locale;
  theme: Theme;
  /** A feed, a sitemap or a picture: the same for every reader, whatever their cookies and headers say. */
  isDocument?: true;
};

type GuestRequest = {
  method: string;
  pathname: string;
  searchParams: URLSearchParams;
  acceptLanguage: string | null;
  cookies: Iterable<{ name: string; value: string }>;
};

/** The home page, and the pages of articles, tags, categories and people. */
const pagePattern = /^\/(?:(?:articles|tags|categories|users)\/([^/]+))?$/;
/** Documents that are made from what guests see. */
const documentPattern =
  /^\/(?:feed\.(?:xml|json)|llms\.txt|card\.png|sitemap\.xml|sitemap\/(?:pages|articles-[1-9]\d{0,3})\.xml|articles\/[^/]{1,2000}\/card\.png)$/;
/** Pages below these paths that are not for guests. */
const otherPages = new Set(["new"]);

/**
 * @returns what a request asks for, or null where the answer may depend on more than that: a session, another page,
 *   a parameter that does not make sense.
 */
export function guestPageAddress(request: GuestRequest): GuestPageAddress | null {
  if (request.method !== "GET" && request.method !== "HEAD") return null;
  if (documentPattern.test(request.pathname)) return documentAddress(request);
  const path = canonicalPath(request.pathname);
  const query = path === null ? null : canonicalQuery(request.searchParams);
  if (path === null || query === null) return null;

  let chosenLocale: Locale | undefined;
  let theme: Theme = "system";
  for (const { name, value } of request.cookies) {
    if (name.includes("session-token")) return null;
    // Under https the names of our cookies have a prefix.
    const ours = name.replace(/^__Host-/, "");
    if (ours === "locale" && isLocale(value)) chosenLocale = value;
    if (ours === "theme" && isTheme(value)) theme = value;
  }
  const lang = query.get("lang");
  const locale =
    chosenLocale ?? (isLocale(lang) ? lang : undefined) ?? negotiateLocale(request.acceptLanguage);
  return { path: query.size > 0 ? `${path}?${query}` : path, locale, theme };
}

/** Feed readers and crawlers do not speak for a person: `?lang=` alone chooses the language. */
function documentAddress({ pathname, searchParams }: GuestRequest): GuestPageAddress {
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

/** A title of 200 characters with an id behind it, and some room. */
const maxSegmentLength = 400;

/** Campaign parameters and all others that no page reads are left out, so that they do not split the memory. */
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
