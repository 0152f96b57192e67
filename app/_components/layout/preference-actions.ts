"use server";

import { isLocale } from "@/lib/i18n/locales";
import { saveUserLocale } from "@/lib/users/user-locale";
import { isWithinPageLimit } from "@/lib/web/page-limit";
import { saveLocale, saveTheme } from "@/lib/web/preferences";
import { getCurrentUser } from "@/lib/web/session/browser-session";
import { isTheme } from "@/lib/web/theme";

/** Changes the language of the site for this browser and, for a signed-in user, for future sign-ins. */
export async function chooseLocale(form: FormData): Promise<void> {
  const locale = choiceOf(form, "locale");
  if (!isLocale(locale) || !(await isWithinPageLimit())) return;
  await saveLocale(locale);
  const user = await getCurrentUser();
  if (user) await saveUserLocale(user.id, locale);
}

/** Changes the theme of the site for this browser. */
export async function chooseTheme(form: FormData): Promise<void> {
  const theme = choiceOf(form, "theme");
  if (isTheme(theme) && (await isWithinPageLimit())) await saveTheme(theme);
}

/** A server action is a public endpoint: a client can send it anything, not only a form. */
function choiceOf(form: unknown, name: string): unknown {
  return form instanceof FormData ? form.get(name) : null;
}
