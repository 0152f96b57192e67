import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { translatedAt } from "../_components/layout/alternates";
import { LegalPage } from "../_components/pages/legal-page";

type Props = PageProps<"/terms">;

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const [{ lang }, t] = await Promise.all([searchParams, getTranslations("terms")]);
  return { title: t("title"), description: t("description"), alternates: translatedAt("/terms", lang) };
}

export default async function TermsPage() {
  const t = await getTranslations("terms");
  return <LegalPage title={t("title")} markdown={t.raw("text")} />;
}
