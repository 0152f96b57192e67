/** The languages of the site, the default first. */
export const locales = [
  "en",
  "ko", // part: korean
] as const;

export type Locale = (typeof locales)[number];

export const defaultLocale: Locale = locales[0];

/** The languages as Open Graph writes them. */
export const openGraphLocale: Record<Locale, string> = {
  en: "en_US",
  ko: "ko_KR", // part: korean
};

/** The languages by their own names. */
export const languageNames: Record<Locale, string> = {
  en: "English",
  ko: "한국어", // part: korean
};

/** The header in which `proxy.ts` hands on the language that an address asks for by `?lang=`. */
export const addressLanguageHeader = "x-address-language";

/** @returns whether a text names a language that the site speaks. */
export function isLocale(text: unknown): text is Locale {
  return locales.some((locale) => locale === text);
}

/**
 * Picks the language that a reader likes best among ours.
 *
 * @param acceptLanguage the header, such as `ko-KR,ko;q=0.9,en;q=0.8`; absent or senseless means the default.
 * @see RFC 9110, section 12.5.4
 */
export function negotiateLocale(acceptLanguage: string | null): Locale {
  if (!acceptLanguage) return defaultLocale;

  let best: { locale: Locale; quality: number } = { locale: defaultLocale, quality: 0 };
  for (const part of acceptLanguage.slice(0, 500).split(",")) {
    const [range = "", ...parameters] = part.trim().toLowerCase().split(";");
    const language = range.trim().split("-")[0];
    const quality = Number(
      parameters
        .find((p) => p.trim().startsWith("q="))
        ?.trim()
        .slice(2) ?? 1,
    );
    if (isLocale(language) && quality > best.quality) best = { locale: language, quality };
  }
  return best.locale;
}
