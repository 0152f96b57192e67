import { site } from "@/lib/config/site";
import { defaultLocale, type Locale, locales } from "@/lib/i18n/locales";

/** `retry` is the text of a link that loads the page again. */
type Words = { title: string; text: string; retry?: string };

/**
 * Writes an error page without rendering the site, for responses that must cost next to nothing or that replace a page
 * that failed. It contains the same text in every language, the default one first.
 *
 * @returns HTML. Its style sheet is a static file, so the content security policy needs no exception.
 */
export function plainPage(words: Record<Locale, Words>): string {
  const sections = locales.map((locale) => {
    const { title, text, retry } = words[locale];
    const heading = locale === defaultLocale ? "h1" : "h2";
    const link = retry === undefined ? "" : `<p><a href="">${retry}</a></p>`;
    return `<section lang="${locale}"><${heading}>${title}</${heading}><p>${text}</p>${link}</section>`;
  });
  return `<!doctype html>
<html lang="${defaultLocale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${words[defaultLocale].title} · ${site.name[defaultLocale]}</title>
<link rel="stylesheet" href="/plain-page.css">
</head>
<body><main>${sections.join("")}</main></body>
</html>
`;
}
