import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { translatedAt } from "../_components/alternates";
import type { SearchParams } from "../_components/read-list-query";
import { SmallPrint } from "../_components/small-print";

type Props = { searchParams: SearchParams };

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const [{ lang }, t] = await Promise.all([searchParams, getTranslations("terms")]);
  return { title: t("title"), description: t("description"), alternates: translatedAt("/terms", lang) };
}

export default async function TermsPage() {
  const t = await getTranslations("terms");
  return <SmallPrint title={t("title")} markdown={t.raw("text")} />;
}
