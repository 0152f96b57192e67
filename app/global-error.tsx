"use client";

import { lastResort } from "@/lib/i18n/last-resort";
import { defaultLocale, locales } from "@/lib/i18n/locales";
import "./globals.css";

/** Shown when even the frame of the site cannot be rendered, in every language since none is known then. */
export default function GlobalError() {
  return (
    <html lang={defaultLocale}>
      <body>
        <title>{lastResort[defaultLocale].title}</title>
        <main className="page-width space-y-12 pt-16 pb-24">
          {locales.map((locale) => (
            <section key={locale} lang={locale}>
              {locale === defaultLocale ? (
                <h1 className="text-32">{lastResort[locale].title}</h1>
              ) : (
                <h2 className="text-32">{lastResort[locale].title}</h2>
              )}
              <p className="mt-4 text-17">{lastResort[locale].text}</p>
              <a href="/" className="button mt-6">
                {lastResort[locale].home}
              </a>
            </section>
          ))}
        </main>
      </body>
    </html>
  );
}
