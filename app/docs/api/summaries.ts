import type { Locale } from "@/lib/i18n/locales";
import { koreanSummaries } from "./korean-summaries";

/** Translations of the endpoint summaries, which are in English in the contracts. */
const translations: Partial<Record<Locale, Record<string, string>>> = {
  ko: koreanSummaries, // part: korean
};

/** @returns the summary of an endpoint, and its language. */
export function summaryOf(
  { id, summary }: { id: string; summary: string },
  locale: Locale,
): { words: string; language: Locale } {
  const words = translations[locale]?.[id];
  return words ? { words, language: locale } : { words: summary, language: "en" };
}
