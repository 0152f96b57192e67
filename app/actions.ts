"use server";

import { findWebUser } from "@/lib/auth/web-session";
import { isWithinPageLimit } from "@/lib/http/page-limit";
import { isLocale } from "@/lib/i18n/locales";
import { keepLocale, keepTheme } from "@/lib/preferences";
import { isTheme } from "@/lib/theme";
import { rememberLocale } from "@/lib/users/chosen-locale";

/** Changes the language of the site for this browser and, for somebody signed in, wherever they sign in next. */
export async function chooseLocale(form: FormData): Promise<void> {
  const locale = choiceOf(form, "locale");
  if (!isLocale(locale) || !(await isWithinPageLimit())) return;
  await keepLocale(locale);
  const user = await findWebUser();
  if (user) await rememberLocale(user.id, locale);
}

/** Changes the theme of the site for this browser. */
export async function chooseTheme(form: FormData): Promise<void> {
  const theme = choiceOf(form, "theme");
  if (isTheme(theme)) await keepTheme(theme);
}

/** An action is an address to which anything may be sent, not forms alone. */
function choiceOf(form: unknown, name: string): unknown {
  return form instanceof FormData ? form.get(name) : null;
}
