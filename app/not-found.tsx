import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageShell } from "./_components/layout/page-shell";
import { Link } from "./_components/ui/link";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("notFound");
  return { title: t("title"), description: t("text") };
}

export default async function NotFound() {
  const t = await getTranslations("notFound");
  return (
    <PageShell>
      <div className="with-margin pt-16">
        <div className="in-column">
          <h1 className="text-32">{t("title")}</h1>
          <p className="mt-4 max-w-[36rem] text-17">{t("text")}</p>
          <div className="mt-8 flex flex-wrap gap-3">
            <Link href="/" className="button button-ink">
              {t("home")}
            </Link>
            <Link href="/search" className="button">
              {t("search")}
            </Link>
          </div>
        </div>
      </div>
    </PageShell>
  );
}
