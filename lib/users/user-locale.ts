import "server-only";
import { db } from "@/lib/core/db";
import { isLocale, type Locale } from "@/lib/i18n/locales";

/** Stores the language that a user chose: for their emails, and for the next browser they sign in with. */
export async function saveUserLocale(userId: string, locale: Locale): Promise<void> {
  await db.user.updateMany({ where: { id: userId }, data: { locale, localeChosen: true } });
}

/** @returns the language that the user chose, or null if it only came from a browser's `Accept-Language`. */
export async function findUserLocale(userId: string): Promise<Locale | null> {
  const user = await db.user.findUnique({
    where: { id: userId, localeChosen: true },
    select: { locale: true },
  });
  return user && isLocale(user.locale) ? user.locale : null;
}
