import { defaultLocale, type Locale, locales } from "@/lib/i18n/locales";

type Words = { title: string; text: string };

/**
 * Writes a page without rendering the site, for responses that must cost next to nothing. It contains the same text in
 * every language, the default one first.
 *
 * @returns HTML. Its style sheet is a static file, so the content security policy needs no exception.
 */
export function plainPage(words: Record<Locale, Words>): string {
  const sections = locales.map((locale) => {
    const { title, text } = words[locale];
    const heading = locale === defaultLocale ? "h1" : "h2";
    return `<section lang="${locale}"><${heading}>${title}</${heading}><p>${text}</p></section>`;
  });
  return `<!doctype html>
<html lang="${defaultLocale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${words[defaultLocale].title}</title>
<link rel="stylesheet" href="/plain-page.css">
</head>
<body><main>${sections.join("")}</main></body>
</html>
`;
}
