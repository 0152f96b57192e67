import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageShell } from "../_components/layout/page-shell";
import { Link } from "../_components/ui/link";
import { FreshDocument } from "./fresh-document";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("goodbye");
  return { title: t("title"), description: t("text"), robots: { index: false } };
}

/** The page shown after the user deleted their account. */
export default async function GoodbyePage() {
  const t = await getTranslations("goodbye");
  return (
    <PageShell>
      <FreshDocument />
      <div className="with-margin pt-12 lg:pt-16">
        <div className="in-column">
          <h1 className="text-32">{t("title")}</h1>
          <p className="mt-4 max-w-[36rem] text-17">{t("text")}</p>
          <Link href="/" className="button button-ink mt-8">
            {t("home")}
          </Link>
        </div>
      </div>
    </PageShell>
  );
}
