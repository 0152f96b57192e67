import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Frame } from "@/app/_components/frame";
import { isWriter } from "@/lib/auth/changeable-by";
import { requireWebUser } from "@/lib/auth/web-session";
import { createArticleAction } from "../actions";
import { ArticleForm } from "../article-form";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("editor");
  return { title: t("newTitle") };
}

export default async function NewArticlePage() {
  const user = await requireWebUser("/articles/new");
  const t = await getTranslations("editor");
  return (
    <Frame>
      <div className="with-margin pt-10 lg:pt-12">
        <h1 className="in-column text-20">{t("newTitle")}</h1>
        {!isWriter(user) && <p className="in-column mt-4 max-w-[36rem] text-17">{t("readOnly")}</p>}
      </div>
      {isWriter(user) && <ArticleForm action={createArticleAction} user={user} />}
    </Frame>
  );
}
