import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Frame } from "@/app/_components/frame";
import { updateArticleAction } from "../../actions";
import { ArticleForm } from "../../article-form";
import { changeableArticle } from "../../readable-article";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("editor");
  return { title: t("editTitle") };
}

export default async function EditArticlePage({ params }: Props) {
  const article = await changeableArticle((await params).id, "edit");
  const t = await getTranslations("editor");
  return (
    <Frame>
      <div className="with-margin pt-10 lg:pt-12">
        <h1 className="in-column text-20">{t("editTitle")}</h1>
      </div>
      <ArticleForm action={updateArticleAction} article={article} />
    </Frame>
  );
}
