import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { translatedAt } from "@/app/_components/layout/alternates";
import { PageShell } from "@/app/_components/layout/page-shell";
import { Link } from "@/app/_components/ui/link";
import { GuideLinks } from "./guide-links";

type Props = PageProps<"/docs">;

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const [{ lang }, t] = await Promise.all([searchParams, getTranslations("guides")]);
  return { title: t("title"), description: t("description"), alternates: translatedAt("/docs", lang) };
}

/** The guides of this starter, from the Markdown files beside this page. */
export default async function GuidesPage() {
  const t = await getTranslations("guides");
  return (
    <PageShell>
      <div className="with-margin pt-10 lg:pt-16">
        <div className="in-column">
          <h1 className="text-32 lg:text-44">{t("title")}</h1>
          <p className="mt-4 max-w-[36rem] text-17 text-muted">{t("intro")}</p>
          <nav aria-label={t("title")} className="mt-8 text-17">
            <GuideLinks />
            {/* part: api-reference */}
            <Link href="/docs/api" className="block py-1.5 lg:py-1">
              {t("reference")}
            </Link>
            {/* end of part: api-reference */}
          </nav>
        </div>
      </div>
    </PageShell>
  );
}
