import type { Metadata, Viewport } from "next";
import { getMessages } from "next-intl/server";
import type { ReactNode } from "react";
import { preload } from "react-dom";
import { cardSize } from "@/lib/cards/draw-card";
import { env } from "@/lib/config/env";
import { site } from "@/lib/config/site";
import { type Locale, openGraphLocale } from "@/lib/i18n/locales";
import { currentLocale, currentTheme } from "@/lib/web/preferences";
import { siteAlternates } from "./_components/layout/alternates";
import { ErrorBoundary } from "./_components/layout/error-boundary";
import { RouterLinks } from "./_components/layout/router-links";
import { SiteFooter } from "./_components/layout/site-footer";
import "./globals.css";

export async function generateMetadata(): Promise<Metadata> {
  const locale = await currentLocale();
  const name = site.name[locale];
  return {
    metadataBase: new URL(env().APP_URL),
    applicationName: name,
    title: { default: name, template: `%s · ${name}` },
    description: site.description[locale],
    alternates: siteAlternates,
    openGraph: {
      siteName: name,
      type: "website",
      locale: openGraphLocale[locale],
      images: [{ url: `/card.png?lang=${locale}`, ...cardSize, alt: site.tagline[locale] }], // part: share-cards
    },
    twitter: { card: "summary_large_image" }, // part: share-cards
  };
}

export async function generateViewport(): Promise<Viewport> {
  const theme = await currentTheme();
  const { light, dark } = site.colors.paper;
  return {
    themeColor:
      theme === "system"
        ? [
            { media: "(prefers-color-scheme: light)", color: light },
            { media: "(prefers-color-scheme: dark)", color: dark },
          ]
        : site.colors.paper[theme],
  };
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [locale, theme] = await Promise.all([currentLocale(), currentTheme()]);
  const { layout, failure } = await getMessages();
  preloadFont(locale);

  return (
    <html lang={locale} data-theme={theme}>
      <body>
        <a href="#main" className="skip-link">
          {layout.skip}
        </a>
        <ErrorBoundary name={site.name[locale]} messages={failure}>
          {children}
        </ErrorBoundary>
        <SiteFooter />
        <RouterLinks />
      </body>
    </html>
  );
}

/**
 * The subsets of Pretendard to preload: Latin, the most common Hangul, and the letters of the Korean tagline, because
 * the largest heading must not change its width after the first paint. Browsers load the others on demand.
 */
const latin = [
  new URL(
    "pretendard/dist/web/variable/woff2-dynamic-subset/PretendardVariable.subset.91.woff2",
    import.meta.url,
  ),
];
// part: korean
const hangul = [
  new URL(
    "pretendard/dist/web/variable/woff2-dynamic-subset/PretendardVariable.subset.90.woff2",
    import.meta.url,
  ),
  new URL(
    "pretendard/dist/web/variable/woff2-dynamic-subset/PretendardVariable.subset.89.woff2",
    import.meta.url,
  ),
  new URL(
    "pretendard/dist/web/variable/woff2-dynamic-subset/PretendardVariable.subset.86.woff2",
    import.meta.url,
  ),
  new URL(
    "pretendard/dist/web/variable/woff2-dynamic-subset/PretendardVariable.subset.84.woff2",
    import.meta.url,
  ),
];
// end of part: korean

const fonts: Record<Locale, URL[]> = {
  en: latin,
  ko: [...latin, ...hangul], // part: korean
};

function preloadFont(locale: Locale): void {
  for (const { href } of fonts[locale]) {
    preload(href, { as: "font", type: "font/woff2", crossOrigin: "anonymous" });
  }
}
