import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { translatedAt } from "../_components/alternates";
import type { SearchParams } from "../_components/read-list-query";
import { SmallPrint } from "../_components/small-print";

type Props = { searchParams: SearchParams };

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const [{ lang }, t] = await Promise.all([searchParams, getTranslations("privacy")]);
  return { title: t("title"), description: t("description"), alternates: translatedAt("/privacy", lang) };
}

export default async function PrivacyPage() {
  const t = await getTranslations("privacy");
  return <SmallPrint title={t("title")} markdown={t.raw("text")} />;
}
