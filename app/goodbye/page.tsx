import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { MessagePage } from "../_components/pages/message-page";
import { FreshDocument } from "./fresh-document";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("goodbye");
  return { title: t("title"), description: t("text"), robots: { index: false } };
}

/** The page shown after the user deleted their account. */
export default async function GoodbyePage() {
  const t = await getTranslations("goodbye");
  return (
    <>
      <FreshDocument />
      <MessagePage title={t("title")} text={t("text")} links={[{ href: "/", text: t("home") }]} />
    </>
  );
}
