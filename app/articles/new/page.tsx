import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageShell } from "@/app/_components/layout/page-shell";
import { isWriter } from "@/lib/access/changeable-by";
import { requireCurrentUser } from "@/lib/web/session/browser-session";
import { ArticleForm } from "../_editor/article-form";
import { createArticleAction } from "../actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("editor");
  return { title: t("newTitle") };
}

export default async function NewArticlePage() {
  const user = await requireCurrentUser("/articles/new");
  const t = await getTranslations("editor");
  return (
    <PageShell>
      <div className="with-margin pt-10 lg:pt-12">
        <h1 className="in-column text-20">{t("newTitle")}</h1>
        {!isWriter(user) && <p className="in-column mt-4 max-w-[36rem] text-17">{t("readOnly")}</p>}
      </div>
      {isWriter(user) && <ArticleForm action={createArticleAction} user={user} />}
    </PageShell>
  );
}
