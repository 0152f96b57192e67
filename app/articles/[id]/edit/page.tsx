import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Frame } from "@/app/_components/frame";
import { actorOf } from "@/lib/auth/actor";
import { updateArticleAction } from "../../actions";
import { ArticleForm } from "../../article-form";
import { PlainCoverForm } from "../../plain-cover-form";
import { PreviewLinkSection } from "../../preview-link-section";
import { changeableArticle } from "../../readable-article";

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ picture?: string | string[] }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("editor");
  return { title: t("editTitle") };
}

export default async function EditArticlePage({ params, searchParams }: Props) {
  const { article, user } = await changeableArticle((await params).id, "edit");
  const t = await getTranslations("editor");
  return (
    <Frame>
      <div className="with-margin pt-10 lg:pt-12">
        <h1 className="in-column text-20">{t("editTitle")}</h1>
      </div>
      <ArticleForm action={updateArticleAction} user={user} article={article} />
      <div className="with-margin">
        <div className="in-column min-w-0">
          <PreviewLinkSection article={article} actor={actorOf(user)} />
          <PlainCoverForm articleId={article.id} outcome={(await searchParams).picture} />
        </div>
      </div>
    </Frame>
  );
}
