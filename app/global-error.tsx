"use client";

import { lastResort } from "@/lib/i18n/last-resort";
import { defaultLocale, locales } from "@/lib/i18n/locales";
import "./globals.css";

/** Shown if the root layout fails, in every language because the reader's is unknown then. */
export default function GlobalError() {
  return (
    <html lang={defaultLocale}>
      <body>
        <title>{lastResort[defaultLocale].title}</title>
        <main className="page-width space-y-12 pt-16 pb-24">
          {locales.map((locale) => {
            const { title, text, home } = lastResort[locale];
            const Heading = locale === defaultLocale ? "h1" : "h2";
            return (
              <section key={locale} lang={locale}>
                <Heading className="text-32">{title}</Heading>
                <p className="mt-4 text-17">{text}</p>
                <a href="/" className="button mt-6">
                  {home}
                </a>
              </section>
            );
          })}
        </main>
      </body>
    </html>
  );
}
