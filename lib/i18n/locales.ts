/** The languages of the site, the default first. */
export const locales = [
  "en",
  "ko", // part: korean
] as const;

export type Locale = (typeof locales)[number];

export const defaultLocale: Locale = locales[0];

/** The languages in Open Graph notation. */
export const openGraphLocale: Record<Locale, string> = {
  en: "en_US",
  ko: "ko_KR", // part: korean
};

/** The name of each language in that language. */
export const languageNames: Record<Locale, string> = {
  en: "English",
  ko: "한국어", // part: korean
};

/** The header in which `proxy.ts` passes on the language of `?lang=`. */
export const addressLanguageHeader = "x-address-language";

/** @returns whether the site supports a language code. */
export function isLocale(text: unknown): text is Locale {
  return locales.some((locale) => locale === text);
}

/**
 * Picks the supported language that a user prefers.
 *
 * @param acceptLanguage the header, such as `ko-KR,ko;q=0.9,en;q=0.8`; missing or invalid means the default.
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
