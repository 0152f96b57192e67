import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Frame } from "../_components/frame";
import { Link } from "../_components/link";
import { FreshDocument } from "./fresh-document";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("goodbye");
  return { title: t("title"), description: t("text"), robots: { index: false } };
}

/** Where one is after one's account was deleted. */
export default async function GoodbyePage() {
  const t = await getTranslations("goodbye");
  return (
    <Frame>
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
    </Frame>
  );
}
