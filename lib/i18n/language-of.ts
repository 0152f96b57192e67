import type { Locale } from "./locales";

/**
 * Guesses the language of a text, so that screen readers pronounce it and browsers set it correctly on
 * a page in the other one.
 */
export function languageOf(text: string): Locale {
  const sample = text.slice(0, 2_000);
  const hangul = sample.match(/\p{Script=Hangul}/gu)?.length ?? 0;
  const latin = sample.match(/\p{Script=Latin}/gu)?.length ?? 0;
  // A Hangul syllable says about as much as two or three Latin letters.
  return hangul * 2.5 > latin ? "ko" : "en";
}
