import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SmallPrint } from "../_components/small-print";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("privacy");
  return { title: t("title"), description: t("description") };
}

export default async function PrivacyPage() {
  const t = await getTranslations("privacy");
  return <SmallPrint title={t("title")} markdown={t.raw("text")} />;
}
