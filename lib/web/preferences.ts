import "server-only";
import { headers } from "next/headers";
import { cache } from "react";
import { addressLanguageHeader, isLocale, type Locale, negotiateLocale } from "@/lib/i18n/locales";
import { findCookie, setCookie } from "./cookies";
import { isTheme, type Theme } from "./theme";

const yearSeconds = 365 * 24 * 3600;

/**
 * The language of this request: the one chosen in the footer, else that of `?lang=`, which search engines follow, else
 * the best match for `Accept-Language`.
 */
export const currentLocale = cache(async (): Promise<Locale> => {
  const saved = await findSavedLocale();
  if (saved) return saved;
  const requestHeaders = await headers();
  const fromAddress = requestHeaders.get(addressLanguageHeader);
  return isLocale(fromAddress) ? fromAddress : negotiateLocale(requestHeaders.get("accept-language"));
});

/** @returns the language chosen in the footer, or null. */
export async function findSavedLocale(): Promise<Locale | null> {
  const chosen = await findCookie("locale");
  return isLocale(chosen) ? chosen : null;
}

/** The theme of this request: the one chosen in the footer, else `system`. */
export const currentTheme = cache(async (): Promise<Theme> => {
  const chosen = await findCookie("theme");
  return isTheme(chosen) ? chosen : "system";
});

/** Saves the language in a cookie for a year. Call it from a server action. */
export async function saveLocale(locale: Locale): Promise<void> {
  await setCookie("locale", locale, yearSeconds);
}

/** Saves the theme in a cookie for a year. Call it from a server action. */
export async function saveTheme(theme: Theme): Promise<void> {
  await setCookie("theme", theme, yearSeconds);
}
