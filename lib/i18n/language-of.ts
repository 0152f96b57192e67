import type { Locale } from "./locales";

/** The scripts of languages. `weight` is roughly how many Latin letters carry as much text as one character. */
const scripts: { locale: Locale; script: RegExp; weight: number }[] = [
  { locale: "ko", script: /\p{Script=Hangul}/gu, weight: 2.5 }, // part: korean
];

/**
 * Guesses the language of a text, so that screen readers pronounce it and browsers render it correctly on a page in
 * the other language.
 */
export function languageOf(text: string): Locale {
  const sample = text.slice(0, 2_000);
  const latin = sample.match(/\p{Script=Latin}/gu)?.length ?? 0;
  const found = scripts.find(({ script, weight }) => (sample.match(script)?.length ?? 0) * weight > latin);
  return found?.locale ?? "en";
}

/** @returns the language of a question. One non-Latin letter suffices, since product names are Latin anyway. */
export function languageOfQuestion(text: string): Locale {
  return scripts.find(({ script }) => text.search(script) >= 0)?.locale ?? "en";
}
