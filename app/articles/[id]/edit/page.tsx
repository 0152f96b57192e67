import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageShell } from "@/app/_components/layout/page-shell";
import { actorOf } from "@/lib/access/actor";
import { ArticleForm } from "../../_editor/article-form";
import { NoScriptCoverForm } from "../../_editor/no-script-cover-form";
import { updateArticleAction } from "../../actions";
import { loadChangeableArticle } from "../../load-article";
import { PreviewLinkSection } from "../../preview-link-section";

type Props = PageProps<"/articles/[id]/edit">;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("editor");
  return { title: t("editTitle") };
}

export default async function EditArticlePage({ params, searchParams }: Props) {
  const { article, user } = await loadChangeableArticle((await params).id, "edit");
  const t = await getTranslations("editor");
  return (
    <PageShell>
      <div className="with-margin pt-10 lg:pt-12">
        <h1 className="in-column text-20">{t("editTitle")}</h1>
      </div>
      <ArticleForm action={updateArticleAction} user={user} article={article} />
      <div className="with-margin">
        <div className="in-column min-w-0">
          <PreviewLinkSection article={article} actor={actorOf(user)} />
          <NoScriptCoverForm articleId={article.id} outcome={(await searchParams).picture} />
        </div>
      </div>
    </PageShell>
  );
}
