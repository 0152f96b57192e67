import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { MessagePage } from "./_components/pages/message-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("notFound");
  return { title: t("title"), description: t("text") };
}

export default async function NotFound() {
  const t = await getTranslations("notFound");
  return (
    <MessagePage
      title={t("title")}
      text={t("text")}
      links={[
        { href: "/", text: t("home") },
        { href: "/search", text: t("search") },
      ]}
    />
  );
}
