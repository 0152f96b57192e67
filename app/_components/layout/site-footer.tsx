import { getTranslations } from "next-intl/server";
import { Link } from "@/app/_components/ui/link";
import { sitePages } from "@/lib/config/site-pages";
import { languageNames, locales } from "@/lib/i18n/locales";
import { currentLocale, currentTheme } from "@/lib/web/preferences";
import { type Theme, themes } from "@/lib/web/theme";
import { chooseLocale, chooseTheme } from "./preference-actions";

const themeLabels = {
  system: "themeSystem",
  light: "themeLight",
  dark: "themeDark",
} as const satisfies Record<Theme, string>;

/** The links to the legal pages, and buttons for the language and the theme. */
export async function SiteFooter() {
  const [t, locale, theme] = await Promise.all([getTranslations("layout"), currentLocale(), currentTheme()]);
  return (
    <footer className="page-width mt-auto text-13 text-muted print:hidden">
      <div className="flex flex-wrap items-center justify-between gap-x-8 border-t border-rule py-4">
        <nav aria-label={t("smallPrint")} className="-mx-2 flex flex-wrap">
          {sitePages.map(({ path, label }) => (
            <Link key={path} href={path} className="target px-2">
              {t(label)}
            </Link>
          ))}
        </nav>
        <div className="flex flex-wrap gap-x-10">
          {locales.length > 1 && (
            <form action={chooseLocale}>
              <fieldset className="-mx-2 flex">
                <legend className="sr-only">{t("language")}</legend>
                {locales.map((choice) => (
                  <button
                    key={choice}
                    name="locale"
                    value={choice}
                    lang={choice}
                    {...choiceState(choice === locale)}
                  >
                    {languageNames[choice]}
                  </button>
                ))}
              </fieldset>
            </form>
          )}
          <form action={chooseTheme}>
            <fieldset className="-mx-2 flex">
              <legend className="sr-only">{t("theme")}</legend>
              {themes.map((choice) => (
                <button key={choice} name="theme" value={choice} {...choiceState(choice === theme)}>
                  {t(themeLabels[choice])}
                </button>
              ))}
            </fieldset>
          </form>
        </div>
      </div>
    </footer>
  );
}

function choiceState(isChosen: boolean) {
  return {
    type: "submit",
    "aria-pressed": isChosen,
    className:
      "target px-2 hover:text-accent aria-pressed:text-ink aria-pressed:underline aria-pressed:underline-offset-4",
  } as const;
}
