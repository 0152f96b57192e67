import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SmallPrint } from "../_components/small-print";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("terms");
  return { title: t("title"), description: t("description") };
}

export default async function TermsPage() {
  const t = await getTranslations("terms");
  return <SmallPrint title={t("title")} markdown={t.raw("text")} />;
}
