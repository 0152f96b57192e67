import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { translatedAt } from "../_components/layout/alternates";
import { LegalPage } from "../_components/pages/legal-page";

type Props = PageProps<"/privacy">;

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const [{ lang }, t] = await Promise.all([searchParams, getTranslations("privacy")]);
  return { title: t("title"), description: t("description"), alternates: translatedAt("/privacy", lang) };
}

export default async function PrivacyPage() {
  const t = await getTranslations("privacy");
  return <LegalPage title={t("title")} markdown={t.raw("text")} />;
}
